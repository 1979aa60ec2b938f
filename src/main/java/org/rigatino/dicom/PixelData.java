package org.rigatino.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The pixels of one instance, read and decoded one frame at a time: memory is that of one frame, however many there
 * are. Compressed frames are decoded in a process of their own ({@link FrameDecoder}). Not safe for use by several
 * threads.
 */
public final class PixelData implements AutoCloseable {
    /** Float Pixel Data (7FE0,0008), the first element that may hold pixels. */
    private static final int FLOAT_PIXEL_DATA = 0x7FE00008;

    private static final int EXTENDED_OFFSET_TABLE = 0x7FE00001;
    private static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7FE00009;

    /** Bytes by which the next element is known. */
    private static final int NEXT_HEAD = 8;

    /** Every other transfer syntax encapsulates (PS3.5 A.4), those that the toolkit does not know included. */
    private static final Set<String> NATIVE = Set.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);

    private static final Set<Integer> MATTERS = Set.of(
            Tag.SpecificCharacterSet,
            Tag.ImageType,
            Tag.SOPClassUID,
            Tag.SOPInstanceUID,
            Tag.StudyDate,
            Tag.StudyTime,
            Tag.AccessionNumber,
            Tag.IssuerOfAccessionNumberSequence,
            Tag.ReferringPhysicianName,
            Tag.Modality,
            Tag.ConversionType,
            Tag.PresentationIntentType,
            Tag.BodyPartExamined,
            Tag.SpacingBetweenSlices,
            Tag.ImagerPixelSpacing,
            Tag.NominalScannedPixelSpacing,
            Tag.PatientPosition,
            Tag.ViewPosition,
            Tag.PresentationLUTShape);

    private final Path file;
    private final Dataset header;
    private final PixelFormat format;
    private final FileChannel channel;
    private final FrameSource frames;

    private PixelData(Path file, Dataset header, PixelFormat format, FileChannel channel, FrameSource frames) {
        this.file = file;
        this.header = header;
        this.format = format;
        this.channel = channel;
        this.frames = frames;
    }

    /** @throws DicomException where there are no pixels, or pixels that are not decoded; the message says which */
    public static PixelData open(Path file) throws DicomException {
        return open(file, ReadLimits.inForce());
    }

    /**
     * The same of an object that was made here: as many times larger than its source as it shows of it, it is read whatever
     * limits there are to frames that are sent.
     */
    public static PixelData openOwn(Path file) throws DicomException {
        return open(file, ReadLimits.inForce(), PixelFormat::ofAnySize);
    }

    static PixelData open(Path file, ReadLimits limits) throws DicomException {
        return open(file, limits, header -> PixelFormat.of(header, limits));
    }

    private interface Formats {
        PixelFormat of(Dataset header) throws DicomException;
    }

    private static PixelData open(Path file, ReadLimits limits, Formats formats) throws DicomException {
        try (DatasetFile dataset = DatasetFile.open(file, FLOAT_PIXEL_DATA, limits)) {
            if (dataset.stoppedAt() != Tag.PixelData) {
                throw new DicomException(
                        dataset.stoppedAt() == FLOAT_PIXEL_DATA || dataset.stoppedAt() == DOUBLE_FLOAT_PIXEL_DATA
                                ? "pixels are floating point (PS3.3 C.7.6.24), which is not decoded; send integers"
                                : "the instance holds no Pixel Data " + Tag.text(Tag.PixelData));
            }
            return open(file, dataset, limits, formats);
        } catch (UnavailableFileException e) {
            throw e.in(file);
        } catch (DicomException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DicomException("cannot read " + file.getFileName() + " as a DICOM file: " + e.getMessage(), e);
        }
    }

    private static PixelData open(Path file, DatasetFile dataset, ReadLimits limits, Formats formats)
            throws IOException {
        dataset.header().requireReadable(PixelData::matters);
        PixelFormat format = formats.of(dataset.header());
        String syntax = dataset.transferSyntaxUid();
        FileChannel channel = dataset.isDeflated() ? inflate(dataset.rest(), format) : channel(file);
        try {
            channel.position(dataset.isDeflated() ? 0 : dataset.position());
            FrameSource frames = NATIVE.contains(syntax)
                    ? NativeFrames.of(channel, format, syntax)
                    : EncapsulatedFrames.of(
                            channel, format, syntax, limits, dataset.header().contains(EXTENDED_OFFSET_TABLE));
            return new PixelData(file, dataset.header(), format, channel, frames);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Whether an attribute can change pixels, their geometry or whose they are, or of which order: the groups of patient, relationship, image
     * presentation and functional groups, and what is listed. There and unreadable, it refuses the pixels.
     */
    private static boolean matters(int tag) {
        int group = tag >>> 16;
        return group == 0x0010 || group == 0x0020 || group == 0x0028 || group == 0x5200 || MATTERS.contains(tag);
    }

    private static FileChannel channel(Path file) throws IOException {
        try {
            return FileChannel.open(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnavailableFileException(file, e);
        }
    }

    /**
     * The rest of a deflated dataset (PS3.5 A.5) in a file that goes away when closed; no more than its frames need, padding of a
     * frame and the head of what follows.
     */
    private static FileChannel inflate(InputStream inflated, PixelFormat format) throws IOException {
        FileChannel channel = temporary();
        try {
            long left = NativeFrames.HEADER_LENGTH + (format.frameBits() * (format.frames() + 1L) + 7) / 8 + NEXT_HEAD;
            OutputStream out = java.nio.channels.Channels.newOutputStream(channel);
            byte[] buffer = new byte[1 << 16];
            int read;
            while (left > 0 && (read = inflated.read(buffer, 0, (int) Math.min(left, buffer.length))) > 0) {
                write(out, buffer, read);
                left -= read;
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel temporary() throws UnavailableFileException {
        try {
            return FileChannel.open(
                    Files.createTempFile("rigatino-inflated", null),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw FrameFolder.full(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) throws UnavailableFileException {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw FrameFolder.full(e);
        }
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
        return read(number, frames::frame).samples();
    }

    /**
     * The same of samples of 8 bits, as they are stored: in a fourth of the memory.
     *
     * @throws DicomException as {@link #frame}; also where they are stored otherwise
     */
    public byte[] bytes(int number) throws DicomException {
        return read(number, frames::bytes);
    }

    /**
     * As {@link #frame}, of a colour image, with what its samples are.
     *
     * @throws DicomException as {@link #frame}; also where the bitstream says that it holds other colours than the header
     */
    public DecodedFrame colours(int number) throws DicomException {
        return read(number, frames::colours);
    }

    private interface Reading<T> {
        T frame(int number) throws IOException;
    }

    private <T> T read(int number, Reading<T> reading) throws DicomException {
        if (number < 1 || number > format.frames()) {
            throw new IllegalArgumentException("frame " + number + " of " + format.frames());
        }
        try {
            return reading.frame(number);
        } catch (UnavailableFileException e) {
            throw e.in(file);
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
