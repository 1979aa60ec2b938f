package org.rigatino.result;

import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Laterality;

/** The side of the body, as the series or as the image has it (PS3.3 C.7.3.1, C.7.6.1). */
public final class BodySide {
    /** Body Part Examined of which there is one (PS3.16 table L-1). */
    private static final Set<String> SINGLE = Set.of(
            "ABDOMEN",
            "ABDOMENPELVIS",
            "AORTA",
            "BACK",
            "BLADDER",
            "BRAIN",
            "CEREBELLUM",
            "CERVIX",
            "CHEST",
            "CHESTABDOMEN",
            "CHESTABDPELVIS",
            "COCCYX",
            "COLON",
            "CORONARYARTERY",
            "CSPINE",
            "CTSPINE",
            "DUODENUM",
            "ESOPHAGUS",
            "FACE",
            "GALLBLADDER",
            "HEAD",
            "HEADNECK",
            "HEART",
            "ILEUM",
            "JAW",
            "JEJUNUM",
            "LARYNX",
            "LIVER",
            "LSPINE",
            "LSSPINE",
            "MAXILLA",
            "MEDIASTINUM",
            "MOUTH",
            "NECK",
            "NECKCHEST",
            "NECKCHESTABDOMEN",
            "NECKCHESTABDPELV",
            "NOSE",
            "PANCREAS",
            "PELVIS",
            "PENIS",
            "PHARYNX",
            "PROSTATE",
            "RECTUM",
            "SCALP",
            "SKULL",
            "SPINE",
            "SPLEEN",
            "SSPINE",
            "STERNUM",
            "STOMACH",
            "THYMUS",
            "THYROID",
            "TLSPINE",
            "TONGUE",
            "TRACHEA",
            "TSPINE",
            "URETHRA",
            "UTERUS",
            "VAGINA",
            "VULVA",
            "WHOLEBODY");

    /** Enumerated Values of Laterality. */
    private static final Set<String> OF_SERIES = Set.of("L", "R");

    private BodySide() {}

    /**
     * Laterality (0020,0060) where the source says L or R of the series; empty where there may be two of the body part and neither
     * series nor image says which (Type 2C). Else, and of a body part of which there is one, the side is the image's.
     *
     * @param frameNumber 1-based
     */
    static void laterality(Dataset source, int frameNumber, Dataset target) throws DicomException {
        Optional<String> side = Laterality.of(source, frameNumber);
        boolean ofImage = FunctionalGroups.of(source, frameNumber).present()
                || source.strings(Tag.ImageLaterality).stream().anyMatch(value -> !value.isBlank())
                || side.filter(OF_SERIES::contains).isEmpty();
        if (side.isPresent() && (ofImage || isSingle(source))) {
            target.put(Tag.ImageLaterality, side.get());
        } else if (!isSingle(source)) {
            target.putEmpty(Tag.Laterality);
            side.ifPresent(each -> target.put(Tag.Laterality, each));
        }
    }

    /**
     * Of the series (PS3.3 C.7.3.1), which the source may say of the image or its frames alone; only of a body part that is one of
     * two.
     *
     * @param frames of one body part and side
     */
    static void ofSeries(JudgedFrame frames, Dataset object) {
        object.copy(frames.attributes(), Tag.BodyPartExamined);
        if (!isSingle(frames.attributes())) {
            object.putEmpty(Tag.Laterality);
            frames.laterality().filter(OF_SERIES::contains).ifPresent(side -> object.put(Tag.Laterality, side));
        }
    }

    /** Whether there is one of its Body Part Examined. */
    public static boolean isSingle(Dataset source) {
        return new Dataset()
                .copyValid(source, Tag.BodyPartExamined)
                .string(Tag.BodyPartExamined)
                .map(SINGLE::contains)
                .orElse(false);
    }
}
