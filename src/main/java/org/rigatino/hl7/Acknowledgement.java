package org.rigatino.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.util.List;
import org.rigatino.notify.RejectedException;

/** MSA of an answer (HL7 2.5.1 2.15.8), of any version. */
final class Acknowledgement {
    private static final HapiContext ANY_VERSION = new DefaultHapiContext(
            new ParserConfiguration(), ValidationContextFactory.noValidation(), new GenericModelClassFactory());

    private Acknowledgement() {}

    /**
     * Returns where it is AA or CA. Only codes of the answer are told: its texts may quote the message.
     *
     * @throws RejectedException where it is AR or CR
     * @throws IOException where it is AE or CE, or answers another message or none
     */
    static void check(String answer, String controlId) throws IOException {
        String code;
        String answered;
        String error;
        try {
            Message message = new PipeParser(ANY_VERSION).parse(answer);
            Terser terser = new Terser(message);
            code = told(terser.get("MSA-1"));
            answered = trimmed(terser.get("MSA-2"));
            error = List.of(message.getNames()).contains("ERR") ? told(terser.get("ERR-3-1")) : "";
        } catch (HL7Exception e) {
            throw new IOException("the answer is not an HL7 acknowledgement", e);
        }
        if (!controlId.equals(answered)) {
            throw new IOException("the answer " + code + " is to another message than " + controlId);
        }
        judge(code, "answered " + code + (error.isEmpty() ? "" : ", error code " + error));
    }

    private static void judge(String code, String told) throws IOException {
        switch (code) {
            case "AA", "CA" -> {}
            case "AR", "CR" -> throw new RejectedException(told);
            default -> throw new IOException(told);
        }
    }

    /** A code, or nothing: what is none is not repeated. */
    private static String told(String value) {
        String code = trimmed(value);
        return code.matches("[A-Za-z0-9_.-]{1,20}") ? code : "";
    }

    /** Engines that pad fields to a fixed width write blanks around codes and ids; neither has any of its own. */
    private static String trimmed(String value) {
        return value == null ? "" : value.replaceAll("[\\p{Cntrl}\\u00A0]", " ").strip();
    }
}
