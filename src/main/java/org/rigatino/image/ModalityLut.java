package org.rigatino.image;

import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.PixelFormat;
import org.rigatino.dicom.Tag;

/** From stored values to modality units: a table, or Rescale Slope and Intercept (PS3.3 C.11.1, C.7.6.16.2.9). */
final class ModalityLut {
    private final LookupTable table;
    private final double slope;
    private final double intercept;

    private ModalityLut(LookupTable table, double slope, double intercept) {
        this.table = table;
        this.slope = slope;
        this.intercept = intercept;
    }

    static ModalityLut of(Dataset header, FunctionalGroups groups, PixelFormat format) throws DicomException {
        List<Dataset> tables = header.items(Tag.ModalityLUTSequence);
        if (tables.size() > 1) {
            throw new DicomException("Modality LUT Sequence " + Tag.text(Tag.ModalityLUTSequence) + " holds "
                    + tables.size() + " tables where one is allowed");
        }
        Dataset rescale = groups.macro(Tag.PixelValueTransformationSequence);
        double slope = first(rescale, Tag.RescaleSlope, 1);
        double intercept = first(rescale, Tag.RescaleIntercept, 0);
        if (!tables.isEmpty()) {
            requireAlone(groups, slope, intercept);
            return new ModalityLut(LookupTable.of(tables.get(0), format.signed()), 1, 0);
        }
        if (groups.present() && !groups.has(Tag.PixelValueTransformationSequence)) {
            requireNone(header);
        }
        double largest = Math.max(Math.abs(format.smallest()), format.largest());
        boolean held =
                Float.isFinite((float) (largest * slope + intercept)) && Math.abs((float) slope) >= Float.MIN_NORMAL;
        if (!held || !Float.isFinite((float) intercept)) {
            throw new DicomException("Rescale Slope " + slope + " and Intercept " + intercept + " do not rescale");
        }
        return new ModalityLut(null, slope, intercept);
    }

    /** A table is there or a rescale (C.11.1), and no table where there are functional groups. */
    private static void requireAlone(FunctionalGroups groups, double slope, double intercept) throws DicomException {
        if (groups.present() || slope != 1 || intercept != 0) {
            throw new DicomException("Modality LUT Sequence " + Tag.text(Tag.ModalityLUTSequence) + " stands beside "
                    + (groups.present()
                            ? "functional groups"
                            : "Rescale Slope " + slope + " and Intercept " + intercept)
                    + ": which of them makes modality units is not known");
        }
    }

    /** What an enhanced instance says outside of its groups is no part of it (C.7.6.16.2.9), and too much to overlook. */
    private static void requireNone(Dataset header) throws DicomException {
        if (first(header, Tag.RescaleSlope, 1) != 1 || first(header, Tag.RescaleIntercept, 0) != 0) {
            throw new DicomException("Rescale Slope " + Tag.text(Tag.RescaleSlope) + " and Intercept lie outside of"
                    + " the functional groups, which do not have them");
        }
    }

    private static double first(Dataset dataset, int tag, double otherwise) throws DicomException {
        double[] values = dataset.doubles(tag);
        if (values.length > 1) {
            throw new DicomException("attribute " + Tag.text(tag) + " holds " + values.length + " values, not one");
        }
        return values.length == 0 ? otherwise : values[0];
    }

    boolean isTable() {
        return table != null;
    }

    /** The stored value, with a fraction, of a value in modality units. Not of a table. */
    double invert(double value) {
        return (value - intercept) / slope;
    }

    double apply(long stored) {
        return table != null ? table.apply(stored) : stored * slope + intercept;
    }

    /** Whether any stored value of the format maps below 0; a table's entries are never negative. */
    boolean isSigned(PixelFormat format) {
        return smallest(format) < 0;
    }

    /** Smallest value that any stored value of the format maps to. */
    double smallest(PixelFormat format) {
        return table != null ? 0 : Math.min(apply(format.smallest()), apply(format.largest()));
    }

    /** Largest value that any stored value of the format maps to. */
    double largest(PixelFormat format) {
        return table != null ? table.largest() : Math.max(apply(format.smallest()), apply(format.largest()));
    }
}
