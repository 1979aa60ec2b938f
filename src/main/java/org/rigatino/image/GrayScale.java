package org.rigatino.image;

import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.PixelFormat;
import org.rigatino.dicom.Tag;

/** The gray scale transforms of one frame (PS3.4 N.2.1), padding kept out of both results. */
final class GrayScale {
    private final PixelFormat format;
    private final ModalityLut modality;
    private final PixelPadding padding;
    private final Dataset voi;
    private final boolean inverse;

    private GrayScale(PixelFormat format, ModalityLut modality, PixelPadding padding, Dataset voi) {
        this.format = format;
        this.modality = modality;
        this.padding = padding;
        this.voi = voi;
        this.inverse = format.photometricInterpretation().equals("MONOCHROME1");
    }

    /** @throws DicomException where a transform is there and cannot be read, or contradicts another */
    static GrayScale of(Dataset header, FunctionalGroups groups, PixelFormat format) throws DicomException {
        requireShape(header, format);
        return new GrayScale(
                format,
                ModalityLut.of(header, groups, format),
                PixelPadding.of(header, format),
                groups.macro(Tag.FrameVOILUTSequence));
    }

    /** Presentation LUT Shape says what Photometric Interpretation says, or nothing (PS3.3 C.8.11.3.1.2). */
    private static void requireShape(Dataset header, PixelFormat format) throws DicomException {
        header.requireReadable(Tag.PresentationLUTShape);
        String expected = format.photometricInterpretation().equals("MONOCHROME1") ? "INVERSE" : "IDENTITY";
        String shape = header.string(Tag.PresentationLUTShape).orElse(expected);
        if (!shape.equals(expected)) {
            throw new DicomException("Presentation LUT Shape " + Tag.text(Tag.PresentationLUTShape) + " " + shape
                    + " contradicts Photometric Interpretation " + format.photometricInterpretation()
                    + ": which is black is not known");
        }
    }

    /**
     * Modality units; MONOCHROME1 is mirrored within the range of values that the format can store, which is the same
     * for every frame of a series. Padding holds the smallest value that is not padding, 0 where all is padding.
     */
    float[] values(int[] stored) {
        double mirror = modality.smallest(format) + modality.largest(format);
        float[] values = new float[stored.length];
        float smallest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < stored.length; i++) {
            double value = modality.apply(format.value(stored[i]));
            values[i] = (float) (inverse ? mirror - value : value);
            if (!padding.contains(format.value(stored[i]))) {
                smallest = Math.min(smallest, values[i]);
            }
        }
        for (int i = 0; i < stored.length; i++) {
            if (padding.contains(format.value(stored[i]))) {
                values[i] = smallest == Float.POSITIVE_INFINITY ? 0 : smallest;
            }
        }
        return values;
    }

    /**
     * Values of another image of the same scene, shown as the frame is. Where it has the frame's value it has the frame's
     * gray, padding included.
     *
     * @param values as {@link #values(int[])}
     */
    byte[] display(Frame frame, float[] values) throws DicomException {
        double mirror = modality.smallest(format) + modality.largest(format);
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (float own : frame.values()) {
            smallest = Math.min(smallest, own);
            largest = Math.max(largest, own);
        }
        VoiLut lut = inverse
                ? VoiLut.of(voi, modality.isSigned(format), mirror - largest, mirror - smallest)
                : VoiLut.of(voi, modality.isSigned(format), smallest, largest);
        byte[] display = frame.display().clone();
        for (int i = 0; i < display.length; i++) {
            if (values[i] != frame.values()[i]) {
                display[i] = (byte) (inverse ? 255 - lut.apply(mirror - values[i]) : lut.apply(values[i]));
            }
        }
        return display;
    }

    /** Window Center and Window Width over {@link Frame#values()} of the header's first window; empty where a table is first. */
    Optional<double[]> window() throws DicomException {
        double mirror = modality.smallest(format) + modality.largest(format);
        return VoiLut.given(voi, modality.isSigned(format))
                .flatMap(VoiLut::window)
                .map(window -> new double[] {inverse ? mirror - window[0] : window[0], window[1]});
    }

    boolean isWindowed() throws DicomException {
        return VoiLut.given(voi, modality.isSigned(format)).isPresent();
    }

    /** Unsigned 8-bit gray; MONOCHROME1 turned over; padding black, whatever the window makes of its value. */
    byte[] display(int[] stored) throws DicomException {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int sample : stored) {
            if (!padding.contains(format.value(sample))) {
                double value = modality.apply(format.value(sample));
                smallest = Math.min(smallest, value);
                largest = Math.max(largest, value);
            }
        }
        byte[] display = new byte[stored.length];
        VoiLut lut = VoiLut.of(voi, modality.isSigned(format), smallest, largest);
        for (int i = 0; i < stored.length; i++) {
            if (!padding.contains(format.value(stored[i]))) {
                int gray = lut.apply(modality.apply(format.value(stored[i])));
                display[i] = (byte) (inverse ? 255 - gray : gray);
            }
        }
        return display;
    }
}
