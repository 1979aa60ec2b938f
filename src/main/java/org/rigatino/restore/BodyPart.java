package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/** What is shown, as Body Part Examined would name it (PS3.16 annex L). */
final class BodyPart {
    /** Of Anatomic Region Sequence, by code value of SNOMED CT and of its older identifiers (PS3.16 table L-1). */
    private static final Map<String, String> BY_CODE = Map.ofEntries(
            Map.entry("69536005", "HEAD"),
            Map.entry("T-D1100", "HEAD"),
            Map.entry("12738006", "BRAIN"),
            Map.entry("T-A0100", "BRAIN"),
            Map.entry("89546000", "SKULL"),
            Map.entry("T-11100", "SKULL"),
            Map.entry("774007", "HEADNECK"),
            Map.entry("T-D1000", "HEADNECK"),
            Map.entry("51185008", "CHEST"),
            Map.entry("816094009", "CHEST"),
            Map.entry("43799004", "CHEST"),
            Map.entry("T-D3000", "CHEST"));

    private BodyPart() {}

    /**
     * By the frame's anatomy and by Body Part Examined, whichever is there; by the descriptions where neither is.
     *
     * @throws DicomException where the frame's anatomy is another; the message says which
     */
    static boolean fits(Eligibility rules, Dataset header, FunctionalGroups groups) throws DicomException {
        List<String> ofFrame = ofFrame(groups);
        for (String anatomy : ofFrame) {
            if (!covers(rules, anatomy)) {
                throw new DicomException("the frame shows " + anatomy);
            }
        }
        if (!Eligibility.values(header, Tag.BodyPartExamined).isEmpty()) {
            return Eligibility.allOf(rules.bodyPart(), header, Tag.BodyPartExamined);
        }
        int[] descriptions = {Tag.StudyDescription, Tag.SeriesDescription, Tag.ProtocolName};
        return !ofFrame.isEmpty()
                || rules.bodyPartDescription() != null
                        && Eligibility.said(rules.bodyPartDescription(), header, descriptions);
    }

    private static boolean covers(Eligibility rules, String anatomy) {
        return rules.bodyPart().contains(anatomy)
                || rules.bodyPartDescription() != null
                        && Pattern.compile(rules.bodyPartDescription(), Pattern.CASE_INSENSITIVE)
                                .matcher(anatomy)
                                .find();
    }

    /** Of one frame of an enhanced instance, by its Frame Anatomy (PS3.3 C.7.6.16.2.8); none where it does not say. */
    private static List<String> ofFrame(FunctionalGroups groups) throws DicomException {
        List<String> named = new ArrayList<>();
        if (groups.present()) {
            for (Dataset region : groups.macro(Tag.FrameAnatomySequence).items(Tag.AnatomicRegionSequence)) {
                named.add(name(region));
            }
        }
        return named;
    }

    private static String name(Dataset region) throws DicomException {
        region.requireReadable(Tag.CodeValue, Tag.CodeMeaning);
        String named = BY_CODE.get(region.string(Tag.CodeValue).orElse(""));
        return named != null ? named : region.string(Tag.CodeMeaning).orElse("").toUpperCase(Locale.ROOT);
    }
}
