package org.rigatino.pipeline;

/** Asked before each file and each batch; returns when the work may go on, and throws where the thread was interrupted. */
@FunctionalInterface
public interface Pace {
    /** Gives way to nobody. */
    Pace NONE = () -> {};

    void giveWay() throws InterruptedException;
}
