package org.rigatino.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v251.datatype.CE;
import ca.uhn.hl7v2.model.v251.datatype.EI;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_PATIENT;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.parser.PipeParser;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * ORU^R01^ORU_R01 of HL7 2.5.1 (7.3.1) that tells what a study revision came to: MSH, PID and PV1 where the patient is
 * known, OBR, OBX. Of the same event and record it is the same to the last byte.
 */
final class ResultMessage {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");
    private static final int MOST_OF_CONTROL_ID = 20;

    /** Of an instance's header, what a message tells. */
    static final Set<Integer> TAGS = Set.of(
            Tag.SpecificCharacterSet,
            Tag.StudyDate,
            Tag.StudyTime,
            Tag.TimezoneOffsetFromUTC,
            Tag.AccessionNumber,
            Tag.IssuerOfAccessionNumberSequence,
            Tag.PatientName,
            Tag.PatientID,
            Tag.IssuerOfPatientID,
            Tag.IssuerOfPatientIDQualifiersSequence,
            Tag.PatientBirthDate,
            Tag.PatientSex);

    private ResultMessage() {}

    /** MSH-10, at most 20 characters (HL7 2.5.1 2.15.9.10): the first 80 bits of the event id's SHA-256, in hex. */
    static String controlId(String eventId) {
        return DigestUtils.sha256Hex(eventId).toUpperCase(Locale.ROOT).substring(0, MOST_OF_CONTROL_ID);
    }

    /**
     * @param fields notes what of the header the message leaves out
     * @throws HL7Exception where a value of the event or the settings has no place in the message
     */
    static String encode(
            String controlId,
            StudyEvent event,
            ReportedStudy study,
            Hl7Configuration.Settings settings,
            SourceFields fields)
            throws HL7Exception {
        ORU_R01 message = new ORU_R01();
        header(message.getMSH(), controlId, event, settings);
        if (study.header().isPresent()) {
            ORU_R01_PATIENT patient = message.getPATIENT_RESULT().getPATIENT();
            PatientSegment.fill(patient.getPID(), study.header().get(), settings.assigningAuthority(), fields);
            patient.getVISIT().getPV1().getPatientClass().setValue("U");
        }
        ORU_R01_ORDER_OBSERVATION order = message.getPATIENT_RESULT().getORDER_OBSERVATION();
        order(order.getOBR(), event, study, settings, fields);
        new Observations(message, order).add(event, study);
        return PipeParser.getInstanceWithNoValidation().encode(message);
    }

    private static void header(MSH msh, String controlId, StudyEvent event, Hl7Configuration.Settings settings)
            throws DataTypeException {
        msh.getFieldSeparator().setValue("|");
        msh.getEncodingCharacters().setValue("^~\\&");
        msh.getSendingApplication().getNamespaceID().setValue(settings.sendingApplication());
        msh.getSendingFacility()
                .getNamespaceID()
                .setValue(settings.sendingFacility().orElse(""));
        msh.getReceivingApplication()
                .getNamespaceID()
                .setValue(settings.receivingApplication().orElse(""));
        msh.getReceivingFacility()
                .getNamespaceID()
                .setValue(settings.receivingFacility().orElse(""));
        msh.getDateTimeOfMessage().getTime().setValue(time(event.at()));
        msh.getMessageType().getMessageCode().setValue("ORU");
        msh.getMessageType().getTriggerEvent().setValue("R01");
        msh.getMessageType().getMessageStructure().setValue("ORU_R01");
        msh.getMessageControlID().setValue(controlId);
        msh.getProcessingID().getProcessingID().setValue(settings.processingId());
        msh.getVersionID().getVersionID().setValue("2.5.1");
        msh.getCharacterSet(0).setValue("UNICODE UTF-8");
    }

    /** Accession Number as IHE RAD-128 has it, in OBR-3 and OBR-18; OBR-3, which may not be empty, else is the study. */
    private static void order(
            OBR obr, StudyEvent event, ReportedStudy study, Hl7Configuration.Settings settings, SourceFields fields)
            throws DataTypeException {
        obr.getSetIDOBR().setValue("1");
        String accessionNumber = study.header()
                .map(header -> fields.text(header, Tag.AccessionNumber))
                .orElse("");
        EI filler = obr.getFillerOrderNumber();
        if (accessionNumber.isEmpty()) {
            filler.getEntityIdentifier().setValue(event.studyInstanceUid());
            filler.getNamespaceID().setValue(settings.sendingApplication());
        } else {
            accessionNumber(filler, accessionNumber, study.header().get(), fields);
            fields.set(obr.getPlacerField1(), accessionNumber, Tag.AccessionNumber);
        }
        String[] service = settings.service().split("\\^");
        CE universalService = obr.getUniversalServiceIdentifier();
        universalService.getIdentifier().setValue(service[0]);
        universalService.getText().setValue(service[1]);
        universalService.getNameOfCodingSystem().setValue(service[2]);
        fields.set(
                obr.getObservationDateTime().getTime(),
                study.header().map(header -> acquired(header, fields)).orElse(""),
                Tag.StudyDate);
        obr.getResultsRptStatusChngDateTime().getTime().setValue(time(event.at()));
        obr.getResultStatus().setValue(event.outcome().resultStatus());
    }

    private static void accessionNumber(EI number, String value, Dataset header, SourceFields fields) {
        fields.set(number.getEntityIdentifier(), value, Tag.AccessionNumber);
        for (Dataset issuer : issuers(header, fields)) {
            fields.copy(issuer, Tag.LocalNamespaceEntityID, number.getNamespaceID());
            fields.copy(issuer, Tag.UniversalEntityID, number.getUniversalID());
            fields.copy(issuer, Tag.UniversalEntityIDType, number.getUniversalIDType());
        }
    }

    private static List<Dataset> issuers(Dataset header, SourceFields fields) {
        try {
            return header.items(Tag.IssuerOfAccessionNumberSequence);
        } catch (DicomException e) {
            fields.leaveOut(Tag.IssuerOfAccessionNumberSequence);
            return List.of();
        }
    }

    /** Study Date and Time (DA and TM of PS3.5 6.2) as a TS; as much of them as there is and HL7 can say. */
    private static String acquired(Dataset header, SourceFields fields) {
        String date = fields.text(header, Tag.StudyDate, SourceFields::isDate);
        String time = fields.text(header, Tag.StudyTime, value -> SourceFields.isTime(whole(value)));
        String zone = fields.text(header, Tag.TimezoneOffsetFromUTC, SourceFields::isOffset);
        return date.isEmpty() || time.isEmpty() ? date : date + whole(time) + zone;
    }

    /** Without fractions of a second. */
    private static String whole(String time) {
        return time.replaceFirst("\\.\\d{1,6}$", "");
    }

    private static String time(OffsetDateTime at) {
        return at.withOffsetSameInstant(ZoneOffset.UTC).format(TIME);
    }
}
