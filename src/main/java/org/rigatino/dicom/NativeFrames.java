package org.rigatino.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/** Frames of Pixel Data in native format (PS3.5 8.2), read where they lie in the file. */
final class NativeFrames implements FrameSource {
    /** VR, reserved bytes and 32-bit length of Pixel Data in an explicit VR transfer syntax (PS3.5 7.1.2). */
    static final int HEADER_LENGTH = 8;

    private final FileChannel channel;
    private final PixelFormat format;
    private final boolean bigEndian;
    private final boolean swappedBytes;
    private final long start;

    private NativeFrames(FileChannel channel, PixelFormat format, boolean bigEndian, boolean swappedBytes, long start) {
        this.channel = channel;
        this.format = format;
        this.bigEndian = bigEndian;
        this.swappedBytes = swappedBytes;
        this.start = start;
    }

    /** @param channel positioned after the tag of Pixel Data */
    static NativeFrames of(FileChannel channel, PixelFormat format, String transferSyntaxUid) throws IOException {
        format.requireNative();
        boolean bigEndian = transferSyntaxUid.equals(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);
        PixelDataHead head = PixelDataHead.read(channel, transferSyntaxUid);
        head.requireNative(bigEndian);
        head.requireLength(format, channel);
        PixelDataHead.requireNoOther(channel, head.start() + head.length(), bigEndian);
        boolean swapped = bigEndian && head.isWords() && format.bitsAllocated() <= 8;
        return new NativeFrames(channel, format, bigEndian, swapped, head.start());
    }

    @Override
    public DecodedFrame frame(int number) throws IOException {
        return new DecodedFrame(samples(number), format.unpackedPhotometric(), format.planarConfiguration());
    }

    @Override
    public DecodedFrame colours(int number) throws IOException {
        format.requireNativeColours();
        return frame(number);
    }

    @Override
    public byte[] bytes(int number) throws IOException {
        if (format.bitsAllocated() != 8 || swappedBytes) {
            throw new DicomException("its samples are not stored byte by byte");
        }
        return stored(number);
    }

    private int[] samples(int number) throws IOException {
        return format.samples(stored(number), bigEndian, skipped(number));
    }

    /** Bits of other frames in the word that the frame begins in. */
    private int skipped(int number) {
        return (int) ((number - 1) * format.frameBits() % 16);
    }

    /** From its first byte on; of samples of one bit, from the word that it begins in. */
    private byte[] stored(int number) throws IOException {
        long firstBit = (number - 1) * format.frameBits();
        long first = firstBit / 8 & ~1L;
        int length = (int) ((firstBit + format.frameBits() + 7) / 8 - first);
        byte[] bytes = read(channel, start + first, length + (swappedBytes ? length & 1 : 0))
                .array();
        if (swappedBytes) {
            swap(bytes);
        }
        int skipped = skipped(number);
        return format.bitsAllocated() > 1 && skipped > 0
                ? java.util.Arrays.copyOfRange(bytes, skipped / 8, bytes.length)
                : bytes;
    }

    /** 8-bit samples in big-endian words lie second byte first (PS3.5 8.1.1). */
    private static void swap(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            byte first = bytes[i];
            bytes[i] = bytes[i + 1];
            bytes[i + 1] = first;
        }
    }

    static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (read(channel, buffer, position + buffer.position()) < 0) {
                throw new DicomException("Pixel Data ends " + buffer.remaining()
                        + " bytes too early: the file is truncated; send it again"
                        + DicomException.UNDER_A_NEW_UID);
            }
        }
        return buffer.flip();
    }

    /** Who closes the channel, by an interruption too, is no trouble of the file system. */
    private static int read(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        try {
            return channel.read(buffer, position);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new UnavailableFileException(e);
        }
    }
}
