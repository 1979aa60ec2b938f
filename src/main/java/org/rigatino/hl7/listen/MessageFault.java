package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.ErrorCode;

/**
 * Why a message is not taken, for its sender (ERR of HL7 2.5.1 2.15.5). Its text quotes no value of the message.
 *
 * @see #wrong
 */
final class MessageFault extends Exception {
    private final transient AcknowledgmentCode answer;
    private final transient ErrorCode code;
    private final transient Place place;

    /**
     * Where it is.
     *
     * @param segment its name
     * @param sequence among those of its name, from 1
     * @param field from 1; 0 for the segment
     */
    record Place(String segment, int sequence, int field) {
        @Override
        public String toString() {
            return segment + (sequence > 1 ? "(" + sequence + ")" : "") + (field > 0 ? "-" + field : "");
        }
    }

    private MessageFault(AcknowledgmentCode answer, ErrorCode code, Place place, String what) {
        super(place + " " + what);
        this.answer = answer;
        this.code = code;
        this.place = place;
    }

    /** What is in it is wrong: AE. */
    static MessageFault wrong(ErrorCode code, Place place, String what) {
        return new MessageFault(AcknowledgmentCode.AE, code, place, what);
    }

    /** Not for what it says: AR (HL7 table 0008). */
    static MessageFault rejected(ErrorCode code, Place place, String what) {
        return new MessageFault(AcknowledgmentCode.AR, code, place, what);
    }

    AcknowledgmentCode answer() {
        return answer;
    }

    ErrorCode code() {
        return code;
    }

    Place place() {
        return place;
    }
}
