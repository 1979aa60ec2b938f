package org.rigatino.dicom;

import static org.rigatino.dicom.ValueRepresentation.SEQUENCE;
import static org.rigatino.dicom.ValueRepresentation.UNKNOWN;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tag, VR as stated, VR of the dictionary, and value length of an element (PS3.5 7.1). */
record ElementHeader(int tag, String vr, String known, int length) {
    static final int UNDEFINED = -1;

    /** @param letters the two bytes behind the tag; of what follows the length is read */
    static ElementHeader ofExplicitVr(int tag, byte[] letters, String known, ElementInputStream in) throws IOException {
        String vr = new String(letters, StandardCharsets.US_ASCII);
        if (ValueRepresentation.isShortForm(vr)) {
            return new ElementHeader(tag, vr, known, in.readShort());
        }
        if (ValueRepresentation.isLongForm(vr)) {
            in.readShort();
            return new ElementHeader(tag, vr, known, in.readInt());
        }
        if (letters[0] >= ' ' && letters[1] >= ' ') {
            return new ElementHeader(tag, vr, known, lengthOfUnlisted(vr, in));
        }
        int length = in.isBigEndian()
                ? (letters[0] & 0xff) << 24 | (letters[1] & 0xff) << 16 | in.readShort()
                : (letters[0] & 0xff) | (letters[1] & 0xff) << 8 | in.readShort() << 16;
        return new ElementHeader(tag, known, known, length);
    }

    /** A VR of two letters is one of a later edition and has 32 bits (PS3.5 7.1.2); what old writers put there has 16. */
    private static int lengthOfUnlisted(String vr, ElementInputStream in) throws IOException {
        int reserved = in.readShort();
        return reserved == 0 && vr.matches("[A-Z]{2}") ? in.readInt() : reserved;
    }

    /** PS3.5 6.2.2 note 2: what is under UN is Implicit VR Little Endian, a sequence where its length is undefined. */
    boolean isSequence() {
        return vr.equals(SEQUENCE) || vr.equals(UNKNOWN) && (length == UNDEFINED || known.equals(SEQUENCE));
    }

    UnreadableAttribute unreadable(String reason) {
        return new UnreadableAttribute(tag, vr, reason);
    }
}
