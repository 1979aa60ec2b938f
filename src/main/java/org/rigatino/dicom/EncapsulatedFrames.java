package org.rigatino.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Frames of Pixel Data in encapsulated format (PS3.5 A.4): which fragments make up which frame. */
final class EncapsulatedFrames implements FrameSource {
    private static final int ITEM = 0xFFFEE000;
    private static final int SEQUENCE_DELIMITATION = 0xFFFEE0DD;
    private static final String RLE_LOSSLESS = "1.2.840.10008.1.2.5";

    private record Fragment(long offset, int length) {}

    private final FileChannel channel;
    private final FrameDecoder decoder;
    private final List<List<Fragment>> frames;
    private final ReadLimits limits;
    private final PixelFormat format;
    private final String transferSyntaxUid;

    private EncapsulatedFrames(
            FileChannel channel,
            FrameDecoder decoder,
            List<List<Fragment>> frames,
            ReadLimits limits,
            PixelFormat format,
            String transferSyntaxUid) {
        this.format = format;
        this.transferSyntaxUid = transferSyntaxUid;
        this.limits = limits;
        this.channel = channel;
        this.decoder = decoder;
        this.frames = frames;
    }

    /**
     * @param channel positioned after the tag of Pixel Data
     * @param extended whether there is an Extended Offset Table: with it each frame is one fragment (PS3.5 A.4), so that what
     *     it says is known without it
     */
    static EncapsulatedFrames of(
            FileChannel channel, PixelFormat format, String transferSyntaxUid, ReadLimits limits, boolean extended)
            throws IOException {
        FrameDecoder decoder = FrameDecoder.of(transferSyntaxUid, format, limits);
        PixelDataHead head = PixelDataHead.read(channel, transferSyntaxUid);
        head.requireEncapsulated();
        List<Fragment> items = items(channel, head.start(), limits);
        if (items.size() < 2) {
            throw new DicomException("encapsulated Pixel Data holds no fragment: the file is truncated; send it again"
                    + DicomException.UNDER_A_NEW_UID);
        }
        List<Fragment> fragments = items.subList(1, items.size());
        // One RLE frame in several fragments is no standard (PS3.5 A.4.2), and still one frame.
        boolean single = extended || transferSyntaxUid.equals(RLE_LOSSLESS) && format.frames() > 1;
        return new EncapsulatedFrames(
                channel,
                decoder,
                assign(channel, items.get(0), fragments, format.frames(), single),
                limits,
                format,
                transferSyntaxUid);
    }

    /** The Basic Offset Table and the fragments; a file that ends before their delimiter is truncated. */
    private static List<Fragment> items(FileChannel channel, long start, ReadLimits limits) throws IOException {
        List<Fragment> items = new ArrayList<>();
        long at = start;
        while (true) {
            ByteBuffer head = NativeFrames.read(channel, at, 8).order(ByteOrder.LITTLE_ENDIAN);
            int tag = head.getShort() << 16 | head.getShort() & 0xFFFF;
            long length = Integer.toUnsignedLong(head.getInt());
            if (tag == SEQUENCE_DELIMITATION) {
                PixelDataHead.requireNoOther(channel, at + 8, false);
                return items;
            }
            if (tag != ITEM || length > limits.compressedFrame()) {
                throw new DicomException("encapsulated Pixel Data has " + Tag.text(tag) + " of " + length
                        + " bytes where an item must follow (PS3.5 A.4)");
            }
            if (items.size() > limits.elements()) {
                throw new DicomException("encapsulated Pixel Data of more than " + limits.elements() + " fragments");
            }
            items.add(new Fragment(at + 8, (int) length));
            at += 8 + length;
        }
    }

    /** @param single whether each frame has to be one fragment (PS3.5 A.4, A.4.2) */
    private static List<List<Fragment>> assign(
            FileChannel channel, Fragment offsetTable, List<Fragment> fragments, int frames, boolean single)
            throws IOException {
        if (fragments.size() == frames) {
            return fragments.stream().map(List::of).toList();
        }
        List<List<Fragment>> assigned;
        if (single) {
            assigned = fragments.stream().map(List::of).toList();
        } else if (offsetTable.length() > 0 && frames > 1) {
            assigned = byOffsetTable(channel, offsetTable, fragments);
        } else {
            assigned = byStartOfImage(channel, fragments);
        }
        if (assigned.size() != frames) {
            throw new DicomException(
                    "encapsulated Pixel Data holds " + assigned.size() + " frames where Number of Frames is " + frames
                            + ": the file is truncated or its header is wrong; send it again"
                            + DicomException.UNDER_A_NEW_UID);
        }
        return assigned;
    }

    private static List<List<Fragment>> byOffsetTable(
            FileChannel channel, Fragment offsetTable, List<Fragment> fragments) throws IOException {
        if (offsetTable.length() > 4L * fragments.size()) {
            throw new DicomException("encapsulated Pixel Data has more frame offsets than fragments (PS3.5 A.4)");
        }
        ByteBuffer table = NativeFrames.read(channel, offsetTable.offset(), offsetTable.length())
                .order(ByteOrder.LITTLE_ENDIAN);
        long origin = fragments.get(0).offset();
        java.util.Set<Long> starts = new java.util.HashSet<>();
        while (table.remaining() >= 4) {
            starts.add(origin + Integer.toUnsignedLong(table.getInt()));
        }
        List<List<Fragment>> frames = new ArrayList<>();
        for (Fragment fragment : fragments) {
            if (frames.isEmpty() || starts.contains(fragment.offset())) {
                frames.add(new ArrayList<>());
            }
            frames.get(frames.size() - 1).add(fragment);
        }
        return frames;
    }

    /**
     * A JPEG or JPEG-LS frame begins with SOI (FFD8H), a JPEG 2000 codestream with SOC (FF4FH), an RLE frame with its header of
     * 1 to 15 segments, the first at 64 (PS3.5 G.5).
     */
    private static List<List<Fragment>> byStartOfImage(FileChannel channel, List<Fragment> fragments)
            throws IOException {
        List<List<Fragment>> frames = new ArrayList<>();
        for (Fragment fragment : fragments) {
            if (frames.isEmpty() || beginsFrame(channel, fragment)) {
                frames.add(new ArrayList<>());
            }
            frames.get(frames.size() - 1).add(fragment);
        }
        return frames;
    }

    private static boolean beginsFrame(FileChannel channel, Fragment fragment) throws IOException {
        ByteBuffer head = NativeFrames.read(channel, fragment.offset(), Math.min(8, fragment.length()))
                .order(ByteOrder.LITTLE_ENDIAN);
        int marker = head.remaining() < 2 ? 0 : (head.get(0) & 0xFF) << 8 | head.get(1) & 0xFF;
        boolean segments = head.remaining() == 8 && head.getInt(0) >= 1 && head.getInt(0) <= 15 && head.getInt(4) == 64;
        return marker == 0xFFD8 || marker == 0xFF4F || segments;
    }

    @Override
    public DecodedFrame frame(int number) throws IOException {
        return decoder.decode(bitstream(number));
    }

    @Override
    public DecodedFrame colours(int number) throws IOException {
        byte[] bitstream = bitstream(number);
        BitstreamColours.require(bitstream, format, transferSyntaxUid);
        return decoder.decode(bitstream);
    }

    private byte[] bitstream(int number) throws IOException {
        List<Fragment> fragments = frames.get(number - 1);
        long length = fragments.stream().mapToLong(Fragment::length).sum();
        if (length > limits.compressedFrame()) {
            throw new DicomException("its compressed form of " + length + " bytes is longer than is decoded");
        }
        ByteArrayOutputStream bitstream = new ByteArrayOutputStream((int) length);
        for (Fragment fragment : fragments) {
            bitstream.writeBytes(NativeFrames.read(channel, fragment.offset(), fragment.length())
                    .array());
        }
        if (transferSyntaxUid.equals(RLE_LOSSLESS)) {
            RleSegments.require(bitstream.toByteArray(), format);
        }
        return bitstream.toByteArray();
    }
}
