package org.rigatino.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.v251.datatype.CE;
import ca.uhn.hl7v2.model.v251.datatype.CWE;
import ca.uhn.hl7v2.model.v251.datatype.NM;
import ca.uhn.hl7v2.model.v251.datatype.ST;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import java.util.Locale;
import org.rigatino.persistence.AgainstNormalStudies;
import org.rigatino.persistence.Finding;
import org.rigatino.result.Code;
import org.rigatino.result.Decimal;
import org.rigatino.result.Equipment;

/** OBX segments (HL7 2.5.1 7.4.2) of one order, numbered as they are added. */
final class Observations {
    /** OBX-11: entered and not verified; order detail, no result; none can be obtained (HL7 table 0085). */
    private static final String UNVERIFIED = "R";

    private static final String ORDER_DETAIL = "O";
    private static final String NOT_OBTAINED = "X";

    private static final Code IMAGES = Code.ucum("{image}", "images");
    private static final Code STUDIES = Code.ucum("{study}", "studies");
    private static final Code MILLILITRES = Code.ucum("mL", "milliliter");

    private final ORU_R01 message;
    private final ORU_R01_ORDER_OBSERVATION order;

    Observations(ORU_R01 message, ORU_R01_ORDER_OBSERVATION order) {
        this.message = message;
        this.order = order;
    }

    void add(StudyEvent event, ReportedStudy study) throws HL7Exception {
        text(Code.dcm("113014", "DICOM Study"), event.studyInstanceUid(), ORDER_DETAIL);
        coded(Code.own("OUTCOME", "What the study came to"), event.outcome().code());
        if (event.reason() != null) {
            text(reason(event.outcome()), event.reason(), UNVERIFIED);
        }
        number(Code.PERCENTILE, event.percentile(), Code.PER_CENT);
        if (event.priority() != null) {
            coded(
                    Code.own("PRIORITY", "Order of the study in the worklist"),
                    Code.own(event.priority(), event.priority().toLowerCase(Locale.ROOT)));
        }
        if (event.againstNormalStudies() != null) {
            add(event.againstNormalStudies());
        }
        number(Code.own("IMAGES_SEEN", "Images of the study"), event.imagesSeen(), IMAGES);
        number(Code.own("IMAGES_RESTORED", "Images that were restored"), event.imagesRestored(), IMAGES);
        if (study.highest().isPresent()) {
            model(study.highest().get());
        }
        text(Code.own("WARNING", "Not a diagnostic device"), Equipment.WARNING, UNVERIFIED);
    }

    /** The release may be another than the one that ranks an image highest, and that one may have decided the priority. */
    private void add(AgainstNormalStudies study) throws HL7Exception {
        if (study.decidingModel() != null) {
            text(
                    Code.own("NORMALS_RELEASE", "Release whose normal studies these are"),
                    study.decidingModel(),
                    UNVERIFIED);
        }
        if (study.decidingDigest() != null) {
            text(Code.own("NORMALS_DIGEST", "SHA-256 of that release"), study.decidingDigest(), UNVERIFIED);
        }
        number(Code.own("P_VALUE", "P-value of the study among normal studies"), study.pValue(), Code.NO_UNITS);
        number(Code.own("NORMAL_STUDIES", "Normal studies that it is from"), study.normalStudies(), STUDIES);
        number(Code.own("BEYOND", "How far beyond the last normal study"), study.beyond(), Code.NO_UNITS);
        number(Code.own("FALSE_ALARMS", "Of normal studies at most flagged"), 100 * study.falseAlarms(), Code.PER_CENT);
        if (study.millilitres() != null) {
            number(Code.own("MARKED", "Volume of what is marked"), study.millilitres(), MILLILITRES);
        }
    }

    private static Code reason(Outcome outcome) {
        return outcome == Outcome.REFUSED
                ? Code.own("REFUSAL_RULE", "Rule that refused the study")
                : Code.own("FAILED_STAGE", "Stage at which the study failed");
    }

    /** Of the image that ranks highest. */
    private void model(Finding finding) throws HL7Exception {
        number(Code.SCORE, finding.score, Code.NO_UNITS);
        text(Code.ALGORITHM_NAME, finding.modelName, UNVERIFIED);
        text(Code.ALGORITHM_VERSION, finding.modelVersion, UNVERIFIED);
        text(Code.ALGORITHM_PARAMETERS, finding.modelDigest, UNVERIFIED);
    }

    private void text(Code what, String value, String status) throws HL7Exception {
        ST text = new ST(message);
        text.setValue(value);
        add(what, text, status);
    }

    private void coded(Code what, Code value) throws HL7Exception {
        CWE coded = new CWE(message);
        coded.getIdentifier().setValue(value.value());
        coded.getText().setValue(value.meaning());
        coded.getNameOfCodingSystem().setValue(value.scheme());
        add(what, coded, UNVERIFIED);
    }

    /** @param value null where there is none, which is said */
    private void number(Code what, Number value, Code unit) throws HL7Exception {
        NM number = new NM(message);
        if (value != null) {
            number.setValue(Decimal.of(value.doubleValue()));
        }
        OBX obx = add(what, number, value == null ? NOT_OBTAINED : UNVERIFIED);
        fill(obx.getUnits(), unit);
    }

    private OBX add(Code what, Type value, String status) throws HL7Exception {
        int index = order.getOBSERVATIONReps();
        OBX obx = order.getOBSERVATION(index).getOBX();
        obx.getSetIDOBX().setValue(Integer.toString(index + 1));
        obx.getValueType().setValue(value.getName());
        fill(obx.getObservationIdentifier(), what);
        obx.getObservationValue(0).setData(value);
        obx.getObservationResultStatus().setValue(status);
        return obx;
    }

    private static void fill(CE coded, Code code) throws DataTypeException {
        coded.getIdentifier().setValue(code.value());
        coded.getText().setValue(code.meaning());
        coded.getNameOfCodingSystem().setValue(code.scheme());
    }
}
