package org.rigatino.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The segments of an RLE frame (PS3.5 G.3 to G.5), counted against the header before a decoder fills what it lacks. */
final class RleSegments {
    private static final int HEADER = 64;
    private static final int NOTHING = 0x80;

    private RleSegments() {}

    /** @throws DicomException where segments are more or fewer, or of more or fewer bytes, than the format has */
    static void require(byte[] frame, PixelFormat format) throws DicomException {
        int segments = format.samplesPerPixel() * format.bitsAllocated() / 8;
        if (frame.length < HEADER) {
            throw wrong("ends within its header");
        }
        ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != segments) {
            throw wrong("has " + Integer.toUnsignedString(header.getInt(0))
                    + " segments where its header says samples of " + segments);
        }
        for (int segment = 1; segment <= segments; segment++) {
            int start = header.getInt(4 * segment);
            int end = segment < segments ? header.getInt(4 * segment + 4) : frame.length;
            if (start < HEADER || end < start || end > frame.length) {
                throw wrong("has a segment outside of its bytes");
            }
            requireLength(frame, start, end, (long) format.rows() * format.columns());
        }
    }

    /** What follows the last byte is padding, zeros or the code of nothing. */
    private static void requireLength(byte[] frame, int start, int end, long needed) throws DicomException {
        long decoded = 0;
        int at = start;
        while (at < end && decoded < needed) {
            int code = frame[at] & 0xFF;
            int run = code < NOTHING ? code + 1 : code == NOTHING ? 0 : 257 - code;
            at += code < NOTHING ? 1 + run : code == NOTHING ? 1 : 2;
            decoded += run;
        }
        boolean more = decoded > needed;
        for (int rest = at; rest < end; rest++) {
            more |= frame[rest] != 0 && (frame[rest] & 0xFF) != NOTHING;
        }
        if (more || decoded < needed || at > end) {
            throw wrong("has a segment of " + (more ? "more" : "fewer") + " bytes than the " + needed
                    + " that rows and columns need");
        }
    }

    private static DicomException wrong(String what) {
        return new DicomException("transfer syntax 1.2.840.10008.1.2.5 is not decoded: its RLE frame " + what
                + " (PS3.5 G): the file is truncated or its header is wrong;" + " send it again"
                + DicomException.UNDER_A_NEW_UID);
    }
}
