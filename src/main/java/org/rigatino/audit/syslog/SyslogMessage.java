package org.rigatino.audit.syslog;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.openehealth.ipf.commons.audit.marshal.dicom.Current;
import org.openehealth.ipf.commons.audit.model.AuditMessage;

/** SYSLOG-MSG of RFC 5424 around an audit message, as PS3.15 A.6 has it. */
final class SyslogMessage {
    /** Facility 10, security; severity 5, notice. */
    private static final String PRI = "<85>";

    private static final String BOM = "\uFEFF";

    private SyslogMessage() {}

    static byte[] of(AuditMessage message, String host, long process) {
        Instant at = message.getEventIdentification().getEventDateTime().truncatedTo(ChronoUnit.MICROS);
        String header = PRI + "1 " + at + " " + printable(host, 255) + " rigatino " + process + " DICOM+RFC3881 - ";
        return (header + BOM + "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml(message))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String xml(AuditMessage message) {
        StringWriter xml = new StringWriter();
        try {
            Current.INSTANCE.marshal(message, xml, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return xml.toString();
    }

    /** PRINTUSASCII, a dash where nothing of it is. */
    private static String printable(String text, int length) {
        String printable = text.replaceAll("[^!-~]", "");
        return printable.isEmpty() ? "-" : printable.substring(0, Math.min(length, printable.length()));
    }
}
