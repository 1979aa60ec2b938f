package org.rigatino.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/** From modality units to 0 to 255, as a viewer shows a frame at first (PS3.3 C.11.2): the first table or window. */
final class VoiLut {
    private enum Function {
        LINEAR,
        LINEAR_EXACT,
        SIGMOID,
        TABLE
    }

    /** Of a gray level: from it on it is the next. */
    private static final double HALF = 0.5;

    private final Function function;
    private final LookupTable table;
    private final double center;
    private final double width;

    private VoiLut(Function function, LookupTable table, double center, double width) {
        this.function = function;
        this.table = table;
        this.center = center;
        this.width = width;
    }

    /**
     * @param macro what holds the VOI attributes of the frame
     * @param signed whether modality values may be negative
     * @param smallest of the frame's modality values; with {@code largest} the range shown where there is no valid VOI
     */
    static VoiLut of(Dataset macro, boolean signed, double smallest, double largest) throws DicomException {
        return given(macro, signed)
                .orElseGet(() -> new VoiLut(Function.LINEAR_EXACT, null, (smallest + largest) / 2, largest - smallest));
    }

    /** The first table, or the first window; empty where there is neither, or a window that the standard forbids. */
    static Optional<VoiLut> given(Dataset macro, boolean signed) throws DicomException {
        List<Dataset> tables = macro.items(Tag.VOILUTSequence);
        if (!tables.isEmpty()) {
            return Optional.of(new VoiLut(Function.TABLE, LookupTable.of(tables.get(0), signed), 0, 0));
        }
        double[] centers = macro.doubles(Tag.WindowCenter);
        double[] widths = macro.doubles(Tag.WindowWidth);
        Function function = function(macro);
        return centers.length > 0 && widths.length > 0 && valid(function, centers[0], widths[0])
                ? Optional.of(new VoiLut(function, null, centers[0], widths[0]))
                : Optional.empty();
    }

    private static Function function(Dataset macro) throws DicomException {
        macro.requireReadable(Tag.VOILUTFunction);
        String function = macro.string(Tag.VOILUTFunction).orElse("LINEAR");
        return switch (function.toUpperCase(Locale.ROOT)) {
            case "LINEAR" -> Function.LINEAR;
            case "LINEAR_EXACT" -> Function.LINEAR_EXACT;
            case "SIGMOID" -> Function.SIGMOID;
            default ->
                throw new DicomException("VOI LUT Function " + Tag.text(Tag.VOILUTFunction) + " " + function
                        + " is none of LINEAR, LINEAR_EXACT, SIGMOID");
        };
    }

    /** C.11.2.1.2.1: at least 1 where LINEAR; C.11.2.1.3: greater than 0 otherwise. */
    private static boolean valid(Function function, double center, double width) {
        return Float.isFinite((float) center)
                && Float.isFinite((float) width)
                && (function == Function.LINEAR ? width >= 1 : width > 0);
    }

    /** Window Center and Window Width; empty of a table. */
    Optional<double[]> window() {
        return function == Function.TABLE ? Optional.empty() : Optional.of(new double[] {center, width});
    }

    int apply(double value) {
        double gray = Math.max(0, Math.min(255, 255 * shade(value)));
        int whole = (int) gray;
        return gray - whole >= HALF ? whole + 1 : whole;
    }

    /** 0 is black, 1 is white; beyond both outside the window. */
    private double shade(double value) {
        return switch (function) {
            case TABLE -> (double) table.apply(value) / table.largest();
            case SIGMOID -> 1 / (1 + StrictMath.exp(-4 * (value - center) / width));
            case LINEAR -> width == 1 ? (value <= center - 0.5 ? 0 : 1) : (value - (center - 0.5)) / (width - 1) + 0.5;
            case LINEAR_EXACT -> width == 0 ? 0 : (value - center) / width + 0.5;
        };
    }
}
