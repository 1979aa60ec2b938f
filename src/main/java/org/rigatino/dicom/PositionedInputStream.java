package org.rigatino.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Knows how many bytes have been taken from it; up to four may be pushed back. */
final class PositionedInputStream extends PushbackInputStream {
    private long position;

    PositionedInputStream(InputStream in) {
        super(in, 4);
    }

    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = super.skip(length);
        position += skipped;
        return skipped;
    }

    @Override
    public void unread(byte[] bytes, int offset, int length) throws IOException {
        super.unread(bytes, offset, length);
        position -= length;
    }
}
