package org.rigatino.image;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.PixelFormat;

/**
 * The way back from values of a frame to stored ones. They are stored as the source's are where those have at most 16 bits
 * and no table in their Modality LUT; else unsigned in 16 bits, with a rescale of their own. Of colour its {@link Luminance},
 * unsigned in 8 bits.
 *
 * @param samples lower {@code bitsStored} bits count
 * @param slope stored value to modality units, with {@code intercept}
 * @param asSource whether format and rescale are the source's, or of colour those of its luminance
 */
public record StoredValues(
        short[] samples, int bitsStored, boolean signed, double slope, double intercept, boolean asSource) {
    private static final int MOST_BITS = 16;
    private static final int LARGEST = 0xFFFF;

    /**
     * @param header of the instance that the frame is from
     * @param values as in {@link Frame#values()}, of that frame or of one like it; what the format cannot hold is cut off
     */
    public static StoredValues of(Dataset header, int frameNumber, float[] values) throws DicomException {
        PixelFormat format = PixelFormat.of(header);
        if (format.colour()) {
            return Luminance.stored(values);
        }
        ModalityLut modality = ModalityLut.of(header, FunctionalGroups.of(header, frameNumber), format);
        boolean inverse = format.photometricInterpretation().equals("MONOCHROME1");
        double mirror = modality.smallest(format) + modality.largest(format);
        double[] units = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            units[i] = inverse ? mirror - values[i] : values[i];
        }
        if (modality.isTable()) {
            return rescaled(units, 0, 1);
        }
        return format.bitsStored() > MOST_BITS ? rescaled(units) : asSource(units, format, modality);
    }

    private static StoredValues asSource(double[] units, PixelFormat format, ModalityLut modality) {
        short[] samples = new short[units.length];
        for (int i = 0; i < samples.length; i++) {
            long stored = StrictMath.round(modality.invert(units[i]));
            samples[i] = (short) Math.min(format.largest(), Math.max(format.smallest(), stored));
        }
        double[] rescale = rescale(modality);
        return new StoredValues(samples, format.bitsStored(), format.signed(), rescale[0], rescale[1], true);
    }

    /**
     * Of the values that the source stores, whatever it leaves out of its rescale.
     *
     * @param header of an instance without a table in its Modality LUT
     * @return slope and intercept
     */
    public static double[] rescaleOf(Dataset header, int frameNumber) throws DicomException {
        return rescale(ModalityLut.of(header, FunctionalGroups.of(header, frameNumber), PixelFormat.of(header)));
    }

    private static double[] rescale(ModalityLut modality) {
        double intercept = modality.apply(0);
        return new double[] {modality.apply(1) - intercept, intercept};
    }

    private static StoredValues rescaled(double[] units) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : units) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        return rescaled(units, smallest, largest > smallest ? (largest - smallest) / LARGEST : 1);
    }

    private static StoredValues rescaled(double[] units, double intercept, double slope) {
        short[] samples = new short[units.length];
        for (int i = 0; i < samples.length; i++) {
            long stored = StrictMath.round((units[i] - intercept) / slope);
            samples[i] = (short) Math.min(LARGEST, Math.max(0, stored));
        }
        return new StoredValues(samples, MOST_BITS, false, slope, intercept, false);
    }

    /**
     * What a viewer shows by default of a source without window or table: from its smallest to its largest value (PS3.3
     * C.11.2.1.2.1, LINEAR).
     *
     * @param values of the source frame
     * @return Window Center and Window Width in modality units
     */
    public static double[] windowOf(Dataset header, int frameNumber, float[] values) throws DicomException {
        PixelFormat format = PixelFormat.of(header);
        if (format.colour()) {
            return Luminance.WINDOW.clone();
        }
        ModalityLut modality = ModalityLut.of(header, FunctionalGroups.of(header, frameNumber), format);
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        double middle = (smallest + largest) / 2;
        boolean inverse = format.photometricInterpretation().equals("MONOCHROME1");
        double center = inverse ? modality.smallest(format) + modality.largest(format) - middle : middle;
        return new double[] {center + 0.5, largest - smallest + 1};
    }
}
