package org.rigatino.restore;

import java.util.OptionalDouble;

/** What a network makes of one image, size*size, framed and normalised as it expects. */
@FunctionalInterface
public interface Restoration {
    /** The healthy image, size*size. */
    float[] restore(float[] values);

    /** The critic's mean logit, the higher the more like a normal image; empty where there is no critic. */
    default OptionalDouble critic(float[] values) {
        return OptionalDouble.empty();
    }
}
