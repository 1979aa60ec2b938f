package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/**
 * What a frame is by its Image Type, and in an enhanced instance by its own Frame Type (PS3.3 C.8.16.1) as well: one of
 * them may be an image beside its projections and its maps.
 *
 * @param image Image Type (0008,0008), of the instance
 * @param frame Frame Type (0008,9007), empty where there is none
 * @param technique Volume Based Calculation Technique (0008,9207), NONE where it is not said
 * @param component Complex Image Component (0008,9208), MAGNITUDE where it is not said
 */
record FrameType(List<String> image, List<String> frame, String technique, String component) {
    /** Functional group macros that have a Frame Type. */
    private static final int[] MACROS = {
        Tag.MRImageFrameTypeSequence,
        Tag.CTImageFrameTypeSequence,
        Tag.PETFrameTypeSequence,
        Tag.XRay3DFrameTypeSequence,
        Tag.MRSpectroscopyFrameTypeSequence,
        Tag.USImageDescriptionSequence,
        Tag.ParametricMapFrameTypeSequence,
    };

    /** Image flavours that no single slice has (C.8.13.3.1.1). */
    private static final Set<String> PROJECTIONS = Set.of("MAX_IP", "MIN_IP", "PROJECTION");

    /** Maps and differences (PS3.3 C.8.3.1.1.1), and the phase as vendors write it. */
    private static final Set<String> MAPS = Set.of(
            "DENSITY MAP",
            "DIFFUSION MAP",
            "PHASE MAP",
            "T1 MAP",
            "T2 MAP",
            "VELOCITY MAP",
            "MODULUS SUBTRACT",
            "PHASE SUBTRACT",
            "PHASE",
            "P");

    private static final int FLAVOUR = 2;
    private static final String DERIVED = "DERIVED";
    private static final String MIXED = "MIXED";

    static FrameType of(Dataset header, FunctionalGroups groups) throws DicomException {
        List<String> image = values(header, Tag.ImageType);
        Dataset macro = new Dataset();
        if (groups.present()) {
            for (int tag : MACROS) {
                macro = macro.contains(Tag.FrameType) ? macro : groups.macro(tag);
            }
        }
        return new FrameType(
                image,
                values(macro, Tag.FrameType),
                said(macro, header, groups, Tag.VolumeBasedCalculationTechnique, "NONE"),
                said(macro, header, groups, Tag.ComplexImageComponent, "MAGNITUDE"));
    }

    private static List<String> values(Dataset dataset, int tag) throws DicomException {
        dataset.requireReadable(tag);
        return dataset.strings(tag).stream()
                .map(value -> value.toUpperCase(Locale.ROOT))
                .toList();
    }

    /** Of the frame, else of the whole enhanced instance. Several values are none that a plain image has. */
    private static String said(Dataset macro, Dataset header, FunctionalGroups groups, int tag, String otherwise)
            throws DicomException {
        List<String> said = Eligibility.values(macro, tag);
        if (said.isEmpty() && groups.present()) {
            said = Eligibility.values(header, tag);
        }
        return said.isEmpty() ? otherwise : String.join("\\", said);
    }

    /**
     * An image as the scanner made it, or derived like all others of its instance.
     *
     * @param excluded values that neither Image Type nor Frame Type may have
     * @throws DicomException where it is not; the message says by what
     */
    void require(List<String> excluded) throws DicomException {
        List<String> values = new ArrayList<>(image);
        values.addAll(frame);
        for (String value : values) {
            refuseIf(excluded.contains(value) || PROJECTIONS.contains(value), "it has " + value);
        }
        for (List<String> type : List.of(image, frame)) {
            boolean map =
                    type.size() > FLAVOUR && MAPS.contains(type.get(FLAVOUR).replace('_', ' '));
            refuseIf(map, "its values are no magnitudes of an image");
        }
        if (image.isEmpty()) {
            throw new DicomException("Image Type " + Tag.text(Tag.ImageType) + " is absent");
        }
        refuseIf(frame.isEmpty() && image.contains(MIXED), "Image Type has MIXED and the frame has no type of its own");
        refuseIf(first(frame).equals(DERIVED) && !first(image).equals(DERIVED), "derived beside frames that are not");
        refuseIf(first(frame).equals(MIXED), "Frame Type is MIXED");
        boolean calculated = first(frame).equals(DERIVED)
                && frame.size() > 3
                && !frame.get(3).equals("NONE");
        refuseIf(calculated, "its contrast is calculated");
        refuseIf(!technique.equals("NONE"), "calculated from a volume: " + technique);
        refuseIf(!component.equals("MAGNITUDE"), "its pixels are not magnitudes: " + component);
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.get(0);
    }

    private void refuseIf(boolean refused, String why) throws DicomException {
        if (refused) {
            throw new DicomException((frame.isEmpty() ? "Image Type " : "Frame Type ")
                    + String.join("\\", frame.isEmpty() ? image : frame) + ": " + why);
        }
    }
}
