package org.rigatino.pipeline;

/**
 * Room for the pixels of batches that are under way. Frames may stay when their batch has left, until a later one takes them along: they take room, and
 * stop nobody for ever. Safe for use by several threads.
 */
final class PixelRoom {
    private final long limit;
    private long pixels;
    private int batches;

    /** @param limit pixels at once; a batch for which there is no room enters where no other is under way */
    PixelRoom(long limit) {
        this.limit = limit;
    }

    /** Waits until there is room. */
    synchronized void enter(long more) throws InterruptedException {
        while (batches > 0 && pixels + more > limit) {
            wait();
        }
        pixels += more;
        batches++;
    }

    /** A batch is through its stages. @param through pixels of the frames that leave with it */
    synchronized void leave(long through) {
        pixels -= through;
        batches--;
        notifyAll();
    }

    synchronized void awaitEmpty() throws InterruptedException {
        while (batches > 0) {
            wait();
        }
    }
}
