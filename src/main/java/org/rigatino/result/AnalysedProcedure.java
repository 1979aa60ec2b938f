package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/** The procedure whose images were analysed. */
final class AnalysedProcedure {
    static final Code PROCEDURE_REPORTED = Code.dcm("121058", "Procedure reported");

    /** What every Specific Character Set holds. */
    private static final String ASCII = "[ -~]+";

    private AnalysedProcedure() {}

    /** Procedure Code Sequence (0008,1032) of the study where it is valid, else what the modality says (PS3.16 CID 100). */
    static List<Code> of(Dataset source) {
        List<Code> codes = new ArrayList<>();
        Dataset valid = new Dataset().copyValid(source, Tag.ProcedureCodeSequence);
        for (Dataset item : items(valid)) {
            if (List.of(Tag.CodeValue, Tag.CodingSchemeDesignator, Tag.CodeMeaning).stream()
                    .allMatch(tag -> item.string(tag).orElse("").matches(ASCII))) {
                codes.add(new Code(
                        item.string(Tag.CodeValue).orElseThrow(),
                        item.string(Tag.CodingSchemeDesignator).orElseThrow(),
                        item.string(Tag.CodeMeaning).orElseThrow()));
            }
        }
        return codes.isEmpty() ? List.of(ofModality(SourceAttributes.modality(source))) : codes;
    }

    /** What one of our own objects says that it is of: a report in its content, another as {@link #of}. */
    static List<Code> reported(Dataset object) throws DicomException {
        List<Code> codes = new ArrayList<>();
        for (Dataset item : object.items(Tag.ContentSequence)) {
            if (PROCEDURE_REPORTED.isNameOf(item)) {
                Dataset code = item.items(Tag.ConceptCodeSequence).get(0);
                codes.add(new Code(
                        code.require(Tag.CodeValue),
                        code.require(Tag.CodingSchemeDesignator),
                        code.require(Tag.CodeMeaning)));
            }
        }
        return codes.isEmpty() ? of(object) : codes;
    }

    private static List<Dataset> items(Dataset valid) {
        try {
            return valid.items(Tag.ProcedureCodeSequence);
        } catch (DicomException e) {
            return List.of();
        }
    }

    private static Code ofModality(String modality) {
        return switch (modality) {
            case "MR" -> new Code("25056-3", "LN", "MRI unspecified body region");
            case "CT" -> new Code("25045-6", "LN", "CT unspecified body region");
            case "PT" -> new Code("44136-0", "LN", "PET unspecified body region");
            case "NM" -> new Code("49118-3", "LN", "NM unspecified body region");
            default -> Code.sct("363679005", "Imaging procedure");
        };
    }
}
