package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;

/** MSH-1 and MSH-2 (HL7 2.5.1 2.15.9.1). */
record Delimiters(char field, char component, char repetition, char escape, char subcomponent) {
    /** @param message from MSH on */
    static Delimiters of(String message) throws MessageFault {
        if (message.length() < 9 || !message.startsWith("MSH")) {
            throw MessageFault.rejected(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR, new MessageFault.Place("MSH", 1, 0), "is not the first segment");
        }
        String said = message.substring(3, 8);
        if (said.chars().distinct().count() < 5
                || said.chars().anyMatch(c -> c <= ' ' || c > '~' || Character.isLetterOrDigit(c))) {
            throw MessageFault.rejected(
                    ErrorCode.DATA_TYPE_ERROR,
                    new MessageFault.Place("MSH", 1, 2),
                    "must be four different delimiters, as ^~\\&");
        }
        return new Delimiters(said.charAt(0), said.charAt(1), said.charAt(2), said.charAt(3), said.charAt(4));
    }
}
