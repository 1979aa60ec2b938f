package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Frames of two rows and four columns, by hand from PS3.5 G.3. */
class RleSegmentsTest {
    /** A run of four, three bytes as they are, the code of nothing, one byte. */
    private static final byte[] EIGHT = {(byte) 0xFD, 7, 2, 1, 2, 3, (byte) 0x80, 0, 9, 0};

    private static byte[] frame(byte[]... segments) {
        ByteBuffer frame = ByteBuffer.allocate(64 + 32 * segments.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(segments.length);
        int start = 64;
        for (byte[] segment : segments) {
            frame.putInt(start);
            start += segment.length;
        }
        frame.position(64);
        for (byte[] segment : segments) {
            frame.put(segment);
        }
        return java.util.Arrays.copyOf(frame.array(), start);
    }

    private static PixelFormat format(int rows, int columns, int bits) {
        return new PixelFormat(rows, columns, 1, "MONOCHROME2", 0, bits, bits, bits - 1, false, 1);
    }

    @Test
    void aFrameHasTheSegmentsAndBytesOfItsHeader() {
        assertThatCode(() -> RleSegments.require(frame(EIGHT), format(2, 4, 8))).doesNotThrowAnyException();
        assertThatCode(() -> RleSegments.require(frame(EIGHT, EIGHT), format(2, 4, 16)))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherNumberOfSegmentsOrBytesIsRefused() {
        refused(frame(EIGHT, EIGHT), format(2, 4, 8), "2 segments");
        refused(frame(EIGHT), format(2, 4, 16), "1 segments");
        refused(frame(EIGHT), format(1, 4, 8), "more bytes");
        refused(frame(EIGHT), format(1, 6, 8), "more bytes");
        refused(frame(EIGHT), format(3, 4, 8), "fewer bytes");
        refused(frame(new byte[] {7, 1, 2}), format(2, 4, 8), "fewer bytes");
        refused(new byte[12], format(2, 4, 8), "header");
        byte[] outside = frame(EIGHT);
        outside[5] = 1;
        refused(outside, format(2, 4, 8), "outside");
    }

    private static void refused(byte[] frame, PixelFormat format, String cause) {
        assertThatThrownBy(() -> RleSegments.require(frame, format)).hasMessageContaining(cause);
    }
}
