package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v251.datatype.ERL;
import ca.uhn.hl7v2.model.v251.message.ACK;
import ca.uhn.hl7v2.model.v251.segment.ERR;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.parser.PipeParser;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** ACK of the original mode (HL7 2.5.1 2.9.2): MSH, MSA, and ERR where the message is not taken. */
final class Answer {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");

    private Answer() {}

    /** @param header of the message; null where it has none that can be read */
    static byte[] accepted(Segment header) {
        return encode(header, AcknowledgmentCode.AA, null);
    }

    /** @param header of the message; null where it has none that can be read */
    static byte[] refused(Segment header, MessageFault fault) {
        return encode(header, fault.answer(), fault);
    }

    private static byte[] encode(Segment header, AcknowledgmentCode code, MessageFault fault) {
        try {
            ACK ack = new ACK();
            header(ack.getMSH(), header);
            ack.getMSA().getAcknowledgmentCode().setValue(code.name());
            ack.getMSA().getMessageControlID().setValue(value(header, 10));
            if (fault != null) {
                error(ack.getERR(), fault);
            }
            return PipeParser.getInstanceWithNoValidation().encode(ack).getBytes(StandardCharsets.UTF_8);
        } catch (HL7Exception e) {
            throw new IllegalStateException(
                    "an acknowledgement cannot be made: " + e.getClass().getSimpleName());
        }
    }

    private static void header(MSH msh, Segment header) throws DataTypeException {
        msh.getFieldSeparator().setValue("|");
        msh.getEncodingCharacters().setValue("^~\\&");
        msh.getSendingApplication().getNamespaceID().setValue(value(header, 5));
        msh.getSendingFacility().getNamespaceID().setValue(value(header, 6));
        msh.getReceivingApplication().getNamespaceID().setValue(value(header, 3));
        msh.getReceivingFacility().getNamespaceID().setValue(value(header, 4));
        msh.getDateTimeOfMessage()
                .getTime()
                .setValue(OffsetDateTime.now(ZoneOffset.UTC).format(TIME));
        msh.getMessageType().getMessageCode().setValue("ACK");
        msh.getMessageType().getTriggerEvent().setValue(event(header));
        msh.getMessageType().getMessageStructure().setValue("ACK");
        msh.getMessageControlID()
                .setValue(UUID.randomUUID()
                        .toString()
                        .replace("-", "")
                        .substring(0, 20)
                        .toUpperCase(Locale.ROOT));
        msh.getProcessingID().getProcessingID().setValue(value(header, 11));
        msh.getVersionID().getVersionID().setValue("2.5.1");
        msh.getCharacterSet(0).setValue("UNICODE UTF-8");
    }

    private static String event(Segment header) {
        try {
            return header == null ? "" : header.value(9, 2);
        } catch (MessageFault e) {
            return "";
        }
    }

    /** Empty where there is none, or none that is text. */
    private static String value(Segment header, int field) {
        try {
            return header == null ? "" : header.value(field, 1);
        } catch (MessageFault e) {
            return "";
        }
    }

    private static void error(ERR err, MessageFault fault) throws DataTypeException {
        ERL place = err.getErrorLocation(0);
        place.getSegmentID().setValue(fault.place().segment());
        place.getSegmentSequence().setValue(Integer.toString(fault.place().sequence()));
        if (fault.place().field() > 0) {
            place.getFieldPosition().setValue(Integer.toString(fault.place().field()));
        }
        err.getHL7ErrorCode()
                .getIdentifier()
                .setValue(Integer.toString(fault.code().getCode()));
        err.getHL7ErrorCode().getText().setValue(fault.code().getMessage());
        err.getHL7ErrorCode().getNameOfCodingSystem().setValue("HL70357");
        err.getSeverity().setValue("E");
        err.getUserMessage().setValue(fault.getMessage());
    }
}
