package org.rigatino.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * VR and length of Pixel Data (PS3.5 7.1.2, 7.1.3, 8.2, A.1 to A.4), checked before a pixel is believed.
 *
 * @param vr empty in Implicit VR
 * @param length of the value in bytes; -1 where undefined
 * @param start of the value within the channel
 */
record PixelDataHead(String vr, long length, long start) {
    private static final Set<String> BYTES_OR_WORDS = Set.of("OB", "OW");

    /** @param channel positioned after the tag of Pixel Data */
    static PixelDataHead read(FileChannel channel, String transferSyntaxUid) throws IOException {
        boolean explicit = !transferSyntaxUid.equals(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        ByteBuffer head = NativeFrames.read(channel, channel.position(), explicit ? NativeFrames.HEADER_LENGTH : 4)
                .order(
                        transferSyntaxUid.equals(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)
                                ? ByteOrder.BIG_ENDIAN
                                : ByteOrder.LITTLE_ENDIAN);
        int length = head.getInt(head.capacity() - 4);
        String vr = explicit ? new String(head.array(), 0, 2, StandardCharsets.ISO_8859_1) : "";
        return new PixelDataHead(
                vr, length == -1 ? -1 : Integer.toUnsignedLong(length), channel.position() + head.capacity());
    }

    boolean isWords() {
        return vr.equals("OW");
    }

    /** Under UN it would be Implicit VR Little Endian (PS3.5 6.2.2), whatever the byte order of the rest. */
    void requireNative(boolean bigEndian) throws DicomException {
        if (length < 0) {
            throw wrong("has fragments, which its transfer syntax does not have (PS3.5 A.4)");
        }
        boolean known = vr.isEmpty() || BYTES_OR_WORDS.contains(vr) || vr.equals("UN") && !bigEndian;
        if (!known) {
            throw wrong("has no VR of OB or OW: the dataset is not encoded as its transfer syntax says (PS3.5 8.2)");
        }
    }

    /**
     * The value has the length of the frames, and one byte more where that is odd (PS3.5 8.1.1). Some writers pad further:
     * zeros, of an even length less than a frame, are no pixels.
     */
    void requireLength(PixelFormat format, FileChannel channel) throws IOException {
        long there = channel.size() - start;
        long needed = (format.frameBits() * format.frames() + 7) / 8;
        String frames = " bytes where " + format.frames() + " frames of " + format.rows() + "x" + format.columns()
                + " need " + needed;
        if (length < needed || there < needed) {
            throw new DicomException("Pixel Data holds " + Math.min(length, there) + frames
                    + ": the file is truncated or its header is wrong; send it again"
                    + DicomException.UNDER_A_NEW_UID);
        }
        if (length > needed + (needed & 1) && !isPadded(format, needed, channel)) {
            throw wrong("holds " + length + frames + ": which of them are pixels cannot be known");
        }
    }

    private boolean isPadded(PixelFormat format, long needed, FileChannel channel) throws IOException {
        long more = length - needed;
        if (length % 2 != 0 || more * 8 >= format.frameBits() || channel.size() - start < length) {
            return false;
        }
        for (byte each : NativeFrames.read(channel, start + needed, (int) more).array()) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    void requireEncapsulated() throws DicomException {
        if (length >= 0) {
            throw wrong("has a length of " + length + " where its transfer syntax has fragments (PS3.5 A.4)");
        }
        if (!BYTES_OR_WORDS.contains(vr)) {
            throw wrong("has no VR of OB (PS3.5 A.4)");
        }
    }

    /** PS3.5 7.1: once. */
    static void requireNoOther(FileChannel channel, long end, boolean bigEndian) throws IOException {
        if (channel.size() - end < 8) {
            return;
        }
        ByteBuffer next =
                NativeFrames.read(channel, end, 4).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int group = next.getShort() & 0xFFFF;
        if (group == 0x7FE0) {
            throw wrong("is followed by more of group 7FE0: which are the pixels cannot be known (PS3.5 7.1)");
        }
    }

    private static DicomException wrong(String what) {
        return new DicomException("Pixel Data " + Tag.text(Tag.PixelData) + " " + what
                + "; have the sender encode it anew, under a new SOP Instance UID");
    }
}
