package org.rigatino.hl7.listen;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * Has the trail tell of a message that was refused: from where it came, why, and whom and what it claims to be. That is a stranger's own
 * text: told as such, short, and on one line; nothing else of the message is.
 */
@ApplicationScoped
class RefusedMessages {
    private static final int LONGEST = 40;

    /** Of what is shown of a stranger's text; all else is one question mark each. */
    private static final String NOT_SHOWN = "[^A-Za-z0-9 ._:/+@-]";

    private static final String CLAIMED = "claimed: ";
    private static final String UNREADABLE = "(cannot be read)";

    @Inject
    AuditTrail audit;

    /** @param header null where the message has none that can be read */
    @Transactional
    void tell(Segment header, MessageFault fault, String address) {
        String number = text(header, 10);
        String detail = "answered " + fault.answer() + ", " + fault.code() + ": " + fault.getMessage()
                + (number.isEmpty() ? "; no MSH-10" : "; MSH-10 claimed: " + number)
                + "; told once an hour for each address and reason";
        audit.append(new AuditTrail.Event(EventKind.HL7_REFUSED, null, CLAIMED + name(header), detail).from(address));
    }

    private static String name(Segment header) {
        String application = text(header, 3);
        String facility = header == null ? "" : text(header, 4);
        return facility.isEmpty() ? application : application + "|" + facility;
    }

    private static String text(Segment header, int field) {
        if (header == null) {
            return UNREADABLE;
        }
        try {
            String value = header.value(field, 1).strip().replaceAll(NOT_SHOWN, "?");
            return value.substring(0, Math.min(LONGEST, value.length()));
        } catch (MessageFault e) {
            return UNREADABLE;
        }
    }
}
