package org.rigatino.dicom;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Numbers in a dataset's byte order, and how many bytes have been read. */
final class ElementInputStream extends FilterInputStream {
    private final PushbackInputStream source;
    private boolean bigEndian;
    private long position;

    ElementInputStream(InputStream in, boolean bigEndian) {
        super(in);
        this.source = new PushbackInputStream(in, 1);
        this.bigEndian = bigEndian;
    }

    boolean isBigEndian() {
        return bigEndian;
    }

    /** From here on; what has UN is Little Endian in every transfer syntax (PS3.5 6.2.2). */
    void bigEndian(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    long position() {
        return position;
    }

    boolean hasMore() throws IOException {
        int next = source.read();
        if (next >= 0) {
            source.unread(next);
        }
        return next >= 0;
    }

    @Override
    public int read() throws IOException {
        int value = source.read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = source.read(bytes, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = source.skip(length);
        position += skipped;
        return skipped;
    }

    int readShort() throws IOException {
        int first = octet();
        int second = octet();
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    int readInt() throws IOException {
        int first = readShort();
        int second = readShort();
        return bigEndian ? first << 16 | second : second << 16 | first;
    }

    int readTag() throws IOException {
        int group = readShort();
        return group << 16 | readShort();
    }

    private int octet() throws IOException {
        int value = read();
        if (value < 0) {
            throw new EOFException("dataset ends within an element");
        }
        return value;
    }
}
