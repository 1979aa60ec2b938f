package org.rigatino.image;

import java.nio.file.Path;
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
        if (!pixels.format().monochrome() || pixels.format().samplesPerPixel() != 1) {
            String photometric = pixels.format().photometricInterpretation();
            pixels.close();
            throw new DicomException("photometric-interpretation: " + photometric
                    + " is not one of MONOCHROME1, MONOCHROME2; only gray images are read as frames");
        }
        return new InstanceFrames(pixels);
    }

    public Dataset header() {
        return pixels.header();
    }

    public int count() {
        return pixels.format().frames();
    }

    /** @param number 1-based */
    public Frame frame(int number) throws DicomException {
        PixelFormat format = pixels.format();
        FunctionalGroups groups = FunctionalGroups.of(header(), number);
        GrayScale scale = GrayScale.of(header(), groups, format);
        int[] stored = pixels.frame(number);
        float[] values = scale.values(stored);
        return new Frame(
                reference(number),
                format.rows(),
                format.columns(),
                values,
                scale.display(stored),
                FrameGeometry.plane(header(), groups, count()),
                FrameGeometry.spacing(header(), groups));
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
