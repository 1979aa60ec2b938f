package org.rigatino.dicom;

import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomInputStream;
import com.pixelmed.dicom.TagFromName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The pixels of one instance, read and decoded one frame at a time: memory is that of one frame, however many there
 * are. Compressed frames are decoded in a process of their own ({@link FrameDecoder}). Not safe for use by several
 * threads.
 */
public final class PixelData implements AutoCloseable {
    /** Float and Double Float Pixel Data. */
    private static final Set<AttributeTag> FLOATING_POINT =
            Set.of(new AttributeTag(0x7FE0, 0x0008), new AttributeTag(0x7FE0, 0x0009));

    /** Every other transfer syntax encapsulates (PS3.5 A.4), those that the toolkit does not know included. */
    private static final Set<String> NATIVE = Set.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);

    private final Dataset header;
    private final PixelFormat format;
    private final FileChannel channel;
    private final FrameSource frames;

    private PixelData(Dataset header, PixelFormat format, FileChannel channel, FrameSource frames) {
        this.header = header;
        this.format = format;
        this.channel = channel;
        this.frames = frames;
    }

    /** @throws DicomException where there are no pixels, or pixels that are not decoded; the message says which */
    public static PixelData open(Path file) throws DicomException {
        AttributeList list = new AttributeList();
        list.setDecompressPixelData(false);
        long[] afterTag = {-1};
        boolean[] floating = {false};
        try (DicomInputStream in = new DicomInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            list.read(in, (read, tag, offset) -> {
                afterTag[0] = tag.equals(TagFromName.PixelData) ? offset : -1;
                floating[0] = FLOATING_POINT.contains(tag);
                return afterTag[0] >= 0 || floating[0];
            });
            if (afterTag[0] < 0) {
                throw new DicomException(
                        floating[0]
                                ? "pixels are floating point (PS3.3 C.7.6.24), which is not decoded; send integers"
                                : "the instance holds no Pixel Data " + Tag.text(Tag.PixelData));
            }
            return open(file, Dataset.readHeader(file), in, afterTag[0]);
        } catch (DicomException e) {
            throw e;
        } catch (com.pixelmed.dicom.DicomException | IOException | RuntimeException e) {
            throw new DicomException("cannot read " + file.getFileName() + " as a DICOM file: " + e.getMessage(), e);
        }
    }

    private static PixelData open(Path file, Dataset header, DicomInputStream atPixelData, long afterTag)
            throws IOException {
        PixelFormat format = PixelFormat.of(header);
        com.pixelmed.dicom.TransferSyntax syntax = atPixelData.getTransferSyntaxInUse();
        FileChannel channel = syntax.isDeflated() ? inflate(atPixelData, format) : FileChannel.open(file);
        try {
            channel.position(syntax.isDeflated() ? 0 : afterTag);
            FrameSource frames = NATIVE.contains(syntax.getUID())
                    ? NativeFrames.of(channel, format, syntax.isExplicitVR(), syntax.isBigEndian())
                    : EncapsulatedFrames.of(channel, format, syntax.getUID());
            return new PixelData(header, format, channel, frames);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The rest of a deflated dataset (PS3.5 A.5) in a file that goes away when closed; no more than its frames need. */
    private static FileChannel inflate(InputStream deflated, PixelFormat format) throws IOException {
        Path file = Files.createTempFile("rigatino-inflated", null);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        long left = NativeFrames.HEADER_LENGTH + (format.frameBits() * format.frames() + 7) / 8;
        OutputStream out = java.nio.channels.Channels.newOutputStream(channel);
        byte[] buffer = new byte[1 << 16];
        int read;
        while (left > 0 && (read = deflated.read(buffer, 0, (int) Math.min(left, buffer.length))) > 0) {
            out.write(buffer, 0, read);
            left -= read;
        }
        return channel;
    }

    /** Every attribute before Pixel Data. */
    public Dataset header() {
        return header;
    }

    /** As the header declares it; {@link #frame} gives samples in it. */
    public PixelFormat format() {
        return format;
    }

    /**
     * The stored values of a frame, colour samples in the order in which they are stored (those of compressed colour
     * frames as the decoder orders them).
     *
     * @param number 1-based
     * @return rows*columns*samples per pixel, one {@code int} a sample; {@link PixelFormat#value} says what it stands for
     * @throws DicomException where the frame is not there whole, or cannot be decoded within time and memory limits
     */
    public int[] frame(int number) throws DicomException {
        if (number < 1 || number > format.frames()) {
            throw new IllegalArgumentException("frame " + number + " of " + format.frames());
        }
        try {
            return frames.frame(number);
        } catch (DicomException e) {
            throw new DicomException("frame " + number + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DicomException("frame " + number + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws DicomException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DicomException("cannot close pixel data: " + e.getMessage(), e);
        }
    }
}
