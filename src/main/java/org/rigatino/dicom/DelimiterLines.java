package org.rigatino.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A multipart body whose delimiter lines have the one form that the parser knows: blanks behind a delimiter, which
 * gateways may add (transport padding, RFC 2046 5.1.1), are taken away, and a part without header fields gets the blank
 * line that ends them. All else passes as it is.
 */
final class DelimiterLines extends InputStream {
    private static final int BUFFER = 64 * 1024;
    private static final int MOST_PADDING = 1024;

    private enum Place {
        CONTENT,
        /** Behind a delimiter: blanks, then the line's end. */
        PADDING,
        /** Behind the line's carriage return. */
        LINE_END,
        /** At the first byte of a part. */
        PART
    }

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream padding = new ByteArrayOutputStream();
    private byte[] ready = new byte[BUFFER];
    private int position;
    private int limit;
    private Place place = Place.CONTENT;

    /** How much of CR, LF and delimiter has been seen. A body may begin with its delimiter. */
    private int matched = 2;

    DelimiterLines(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (position == limit) {
            int count = in.read(buffer);
            position = 0;
            limit = 0;
            if (count < 0) {
                if (padding.size() == 0) {
                    return -1;
                }
                emitPadding();
            }
            for (int i = 0; i < count; i++) {
                take(buffer[i]);
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(ready, position, bytes, offset, count);
        position += count;
        return count;
    }

    private void take(byte next) {
        switch (place) {
            case CONTENT -> content(next);
            case PADDING -> padding(next);
            case LINE_END -> {
                emit(next);
                place = next == '\n' ? Place.PART : Place.CONTENT;
            }
            case PART -> {
                if (next == '\r') {
                    emit((byte) '\r');
                    emit((byte) '\n');
                }
                place = Place.CONTENT;
                content(next);
            }
        }
    }

    private void content(byte next) {
        emit(next);
        // The delimiter has one carriage return: nothing but its first byte can begin it anew.
        if (next == delimiter[matched]) {
            matched++;
        } else {
            matched = next == '\r' ? 1 : 0;
        }
        if (matched == delimiter.length) {
            matched = 0;
            place = Place.PADDING;
        }
    }

    private void padding(byte next) {
        if ((next == ' ' || next == '\t') && padding.size() < MOST_PADDING) {
            padding.write(next);
        } else if (next == '\r') {
            padding.reset();
            emit(next);
            place = Place.LINE_END;
        } else {
            emitPadding();
            place = Place.CONTENT;
            content(next);
        }
    }

    private void emitPadding() {
        for (byte blank : padding.toByteArray()) {
            emit(blank);
        }
        padding.reset();
    }

    private void emit(byte value) {
        if (limit == ready.length) {
            ready = Arrays.copyOf(ready, 2 * ready.length);
        }
        ready[limit++] = value;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
