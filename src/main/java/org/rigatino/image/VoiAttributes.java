package org.rigatino.image;

import java.util.List;
import java.util.Locale;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.ValueRules;

/** Tables and windows of a frame as another object may repeat them (PS3.3 C.11.2). */
public final class VoiAttributes {
    private VoiAttributes() {}

    /**
     * Those by which the frame is shown: a table, or windows whose first is valid; others of them only where all are.
     *
     * @param macro what holds the VOI attributes of the frame
     * @return empty where there is neither
     */
    public static Dataset of(Dataset macro) {
        Dataset voi = tables(macro, Tag.VOILUTSequence);
        windows(macro, voi);
        if (voi.contains(Tag.WindowWidth)) {
            voi.copyValid(macro, Tag.VOILUTFunction);
        }
        return voi;
    }

    /**
     * The tables of a Modality or VOI LUT Sequence as they may be written: 8-bit entries two in a word (C.11.1.1.1,
     * C.11.2.1.1), however the source has them.
     */
    public static Dataset tables(Dataset source, int sequenceTag) {
        Dataset copied = new Dataset().copyValid(source, sequenceTag);
        try {
            for (Dataset item : copied.items(sequenceTag)) {
                LookupTable.pack(item);
            }
            return copied;
        } catch (DicomException e) {
            return new Dataset();
        }
    }

    private static void windows(Dataset macro, Dataset voi) {
        Dataset copied =
                new Dataset().copyValid(macro, Tag.WindowCenter, Tag.WindowWidth, Tag.WindowCenterWidthExplanation);
        List<String> centers = copied.strings(Tag.WindowCenter);
        List<String> widths = copied.strings(Tag.WindowWidth);
        if (centers.isEmpty()
                || widths.isEmpty()
                || !valid(macro, widths.get(0))
                || !centers.stream().allMatch(VoiAttributes::isHeld)) {
            return;
        }
        if (centers.size() != widths.size() || !widths.stream().allMatch(width -> valid(macro, width))) {
            voi.put(Tag.WindowCenter, centers.get(0)).put(Tag.WindowWidth, widths.get(0));
            return;
        }
        voi.copy(copied, Tag.WindowCenter, Tag.WindowWidth);
        if (copied.strings(Tag.WindowCenterWidthExplanation).size() == centers.size()) {
            voi.copy(copied, Tag.WindowCenterWidthExplanation);
        }
    }

    /** C.11.2.1.2.1: at least 1 where LINEAR; C.11.2.1.3: more than 0 otherwise. */
    private static boolean valid(Dataset macro, String width) {
        String function = macro.string(Tag.VOILUTFunction).orElse("LINEAR").toUpperCase(Locale.ROOT);
        boolean exact = function.equals("LINEAR_EXACT") || function.equals("SIGMOID");
        double number = Double.parseDouble(width);
        return isHeld(width) && (exact ? number > 0 : number >= 1);
    }

    /** Readers hold windows as numbers of 32 bits. */
    private static boolean isHeld(String number) {
        return Float.isFinite(Float.parseFloat(number));
    }

    /** {@link #of(Dataset)}, or the window of the frame's own range where there is none; of colour that of its luminance. */
    public static Dataset of(Dataset macro, Dataset header, int frameNumber, float[] values) throws DicomException {
        Dataset voi = Luminance.isOf(header) ? new Dataset() : of(macro);
        if (voi.contains(Tag.VOILUTSequence) || voi.contains(Tag.WindowWidth)) {
            return voi;
        }
        double[] range = StoredValues.windowOf(header, frameNumber, values);
        return voi.put(Tag.WindowCenter, ValueRules.decimalString(range[0]))
                .put(Tag.WindowWidth, ValueRules.decimalString(range[1]));
    }
}
