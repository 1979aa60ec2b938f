package org.rigatino.result;

import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.OwnOutput;
import org.rigatino.dicom.Tag;

/** An item of a code sequence (PS3.3 8.8). */
public record Code(String value, String scheme, String meaning) {
    /** Of a model release, without a unit. */
    public static final Code SCORE = own("SCORE", "Score of the model release");

    /** In per cent. */
    public static final Code PERCENTILE = own("PERCENTILE", "Share of normal images that score lower");

    public static final Code ALGORITHM_NAME = dcm("111001", "Algorithm Name");
    public static final Code ALGORITHM_VERSION = dcm("111003", "Algorithm Version");
    /** The digest of a release. */
    public static final Code ALGORITHM_PARAMETERS = dcm("111002", "Algorithm Parameters");

    static final Code AGAINST_THRESHOLD = own("ASSESSMENT", "Against the operating threshold");
    static final Code FLAGGED = own("FLAGGED", "At or above the operating threshold");
    static final Code NOT_FLAGGED = own("NOT_FLAGGED", "Below the operating threshold");

    public static final Code NO_UNITS = ucum("1", "no units");
    public static final Code PER_CENT = ucum("%", "%");

    /** Of Rigatino's own codes. */
    static final String PRIVATE_SCHEME = "99RIGATINO";

    public static Code dcm(String value, String meaning) {
        return new Code(value, "DCM", meaning);
    }

    /** SNOMED CT. */
    public static Code sct(String value, String meaning) {
        return new Code(value, "SCT", meaning);
    }

    public static Code ucum(String value, String meaning) {
        return new Code(value, "UCUM", meaning);
    }

    public static Code own(String value, String meaning) {
        return new Code(value, PRIVATE_SCHEME, meaning);
    }

    /** An item of Coding Scheme Identification Sequence (PS3.3 C.12.1). */
    static Dataset privateScheme() {
        return new Dataset()
                .put(Tag.CodingSchemeDesignator, PRIVATE_SCHEME)
                .put(Tag.CodingSchemeName, "Rigatino's own codes")
                .put(Tag.CodingSchemeResponsibleOrganization, OwnOutput.MANUFACTURER);
    }

    /** Whether it is the concept that a content item says (PS3.3 C.17.3). */
    boolean isNameOf(Dataset item) throws DicomException {
        List<Dataset> name = item.items(Tag.ConceptNameCodeSequence);
        return !name.isEmpty() && name.get(0).string(Tag.CodeValue).equals(Optional.of(value));
    }

    Dataset item() {
        return new Dataset()
                .put(Tag.CodeValue, value)
                .put(Tag.CodingSchemeDesignator, scheme)
                .put(Tag.CodeMeaning, meaning);
    }
}
