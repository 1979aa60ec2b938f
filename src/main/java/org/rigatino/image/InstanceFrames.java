package org.rigatino.image;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.PixelData;
import org.rigatino.dicom.PixelFormat;
import org.rigatino.dicom.Tag;

/** The frames of one instance, decoded one at a time, so that memory does not grow with their number. */
public final class InstanceFrames implements AutoCloseable {
    private final PixelData pixels;

    private InstanceFrames(PixelData pixels) {
        this.pixels = pixels;
    }

    /** @throws DicomException where the pixels cannot be decoded; the message names what was wrong and no patient */
    public static InstanceFrames open(Path file) throws DicomException {
        PixelData pixels = PixelData.open(file);
        PixelFormat format = pixels.format();
        if (!format.colour() && (!format.monochrome() || format.samplesPerPixel() != 1)) {
            pixels.close();
            throw new DicomException("photometric-interpretation: " + format.photometricInterpretation() + " of "
                    + format.samplesPerPixel() + " samples of " + format.bitsStored()
                    + " bits is neither gray (MONOCHROME1, MONOCHROME2) nor colour that is read as frames (RGB, YBR_FULL,"
                    + " YBR_FULL_422, YBR_ICT, YBR_RCT of 3 unsigned samples of 8 bits)");
        }
        return new InstanceFrames(pixels);
    }

    /**
     * One answer for each frame, in their order; asked once where no frame has attributes of its own. Where the number of
     * frames cannot be told, of the first alone: what is asked meets the same fault.
     *
     * @param question of a frame's number, 1-based
     */
    public static <T> List<T> ofEach(Dataset header, IntFunction<T> question) {
        try {
            int frames = Math.max(1, header.integer(Tag.NumberOfFrames, 1));
            if (!FunctionalGroups.of(header, 1).present()
                    || header.items(Tag.PerFrameFunctionalGroupsSequence).isEmpty()) {
                return Collections.nCopies(frames, question.apply(1));
            }
            return IntStream.rangeClosed(1, frames).mapToObj(question).toList();
        } catch (DicomException e) {
            return List.of(question.apply(1));
        }
    }

    public Dataset header() {
        return pixels.header();
    }

    public int count() {
        return pixels.format().frames();
    }

    /** Of colour its {@link Luminance}. @param number 1-based */
    public Frame frame(int number) throws DicomException {
        PixelFormat format = pixels.format();
        FunctionalGroups groups = FunctionalGroups.of(header(), number);
        if (format.colour()) {
            float[] luminance = Luminance.values(pixels.colours(number));
            return frame(number, groups, luminance, Luminance.display(luminance));
        }
        GrayScale scale = GrayScale.of(header(), groups, format);
        int[] stored = pixels.frame(number);
        float[] values = scale.values(stored);
        return frame(number, groups, values, scale.display(stored));
    }

    /**
     * Window Center and Window Width over {@link Frame#values()} that {@link Frame#display()} comes of, where the header names
     * a window; empty where it has none or a table. Of colour the range of its luminance.
     *
     * @param number 1-based
     */
    public Optional<double[]> window(int number) throws DicomException {
        PixelFormat format = pixels.format();
        return format.colour()
                ? Optional.of(Luminance.WINDOW.clone())
                : GrayScale.of(header(), FunctionalGroups.of(header(), number), format)
                        .window();
    }

    /**
     * Whether the header says how the frame is shown, by a window or a table; colour is shown as it is.
     *
     * @param number 1-based
     */
    public boolean isWindowed(int number) throws DicomException {
        PixelFormat format = pixels.format();
        return format.colour()
                || GrayScale.of(header(), FunctionalGroups.of(header(), number), format)
                        .isWindowed();
    }

    private Frame frame(int number, FunctionalGroups groups, float[] values, byte[] display) throws DicomException {
        Optional<ImagePlane> plane = ImagePlane.of(header(), number);
        return new Frame(
                reference(number),
                pixels.format().rows(),
                pixels.format().columns(),
                values,
                display,
                plane,
                FrameSpacing.of(header(), groups, plane));
    }

    private FrameReference reference(int number) throws DicomException {
        return new FrameReference(
                header().require(Tag.StudyInstanceUID),
                header().require(Tag.SeriesInstanceUID),
                header().require(Tag.SOPInstanceUID),
                header().require(Tag.SOPClassUID),
                number);
    }

    @Override
    public void close() throws DicomException {
        pixels.close();
    }
}
