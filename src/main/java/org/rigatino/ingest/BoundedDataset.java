package org.rigatino.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A dataset as it arrives, up to a length: no sender fills the disk with one instance. */
final class BoundedDataset extends FilterInputStream {
    /** The sender is well; what it sends is too long. */
    static final class TooLongException extends IOException {
        TooLongException(long limit) {
            super("the dataset is longer than " + limit + " bytes (rigatino.ingest.max-instance)");
        }
    }

    private final long limit;
    private long length;

    BoundedDataset(InputStream dataset, long limit) {
        super(dataset);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws TooLongException {
        length += read;
        if (length > limit) {
            throw new TooLongException(limit);
        }
    }
}
