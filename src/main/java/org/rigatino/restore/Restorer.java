package org.rigatino.restore;

import java.util.List;
import org.rigatino.image.Frame;

/** A warm model. Safe for use by several threads; native memory is freed by {@link #close()}. */
public final class Restorer implements AutoCloseable {
    private Restorer() {}

    /** @param device {@code auto}, {@code cpu} or {@code gpu:N}; a GPU asked for and missing is an error */
    public static Restorer open(ModelRelease release, String device, int batch) {
        throw new UnsupportedOperationException();
    }

    /** In the frames' order. The result for a frame does not depend on its batch. */
    public List<RestoredFrame> restore(List<Frame> frames) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
