package org.rigatino.hl7.listen;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/** Has the trail tell of a message that was refused: who sent it and why, and nothing of a patient. */
@ApplicationScoped
class RefusedMessages {
    private static final int LONGEST = 60;

    @Inject
    AuditTrail audit;

    /** @param header null where the message has none that can be read */
    @Transactional
    void tell(Segment header, MessageFault fault, String address) {
        String application = text(header, 3);
        String facility = text(header, 4);
        String name = facility.isEmpty() ? application : application + "|" + facility;
        String detail = "answered " + fault.answer() + ", " + fault.code() + ": " + fault.getMessage() + "; MSH-10 "
                + text(header, 10) + "; told once an hour for each address and reason";
        audit.append(new AuditTrail.Event(EventKind.HL7_REFUSED, null, name, detail).from(address));
    }

    /** What a stranger says, short and on one line; empty where it cannot be read. */
    private static String text(Segment header, int field) {
        try {
            String value = header == null ? "" : header.value(field, 1).replaceAll("[^\\x20-\\x7e]", "?");
            return value.substring(0, Math.min(LONGEST, value.length()));
        } catch (MessageFault e) {
            return "";
        }
    }
}
