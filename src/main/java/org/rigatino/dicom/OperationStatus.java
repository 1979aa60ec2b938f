package org.rigatino.dicom;

/**
 * Status of a DIMSE-N response (PS3.7 10.1.3.1.9 of N-SET, 10.1.5.1.6 of N-CREATE), and what explains it.
 *
 * @param code (0000,0900), 0 to FFFFH
 * @param comment Error Comment (0000,0902), at most 64 characters and no value of a dataset; empty for none
 * @param errorId Error ID (0000,0903); 0 for none
 * @param attribute the tag that Attribute Identifier List (0000,1005) names; 0 for none
 */
public record OperationStatus(int code, String comment, int errorId, int attribute) {
    public static final OperationStatus SUCCESS = new OperationStatus(0x0000, "", 0, 0);
    public static final OperationStatus DUPLICATE_SOP_INSTANCE =
            new OperationStatus(0x0111, "the SOP Instance UID is taken", 0, 0);

    public static final OperationStatus NO_SUCH_SOP_INSTANCE =
            new OperationStatus(0x0112, "no such step; steps are forgotten after 7 days", 0, 0);

    /** PS3.4 F.7.2.2. */
    public static final OperationStatus MAY_NO_LONGER_BE_UPDATED =
            new OperationStatus(0x0110, "Performed Procedure Step Object may no longer be updated", 0xA710, 0);

    static final OperationStatus PROCESSING_FAILURE = new OperationStatus(0x0110, "it could not be kept", 0, 0);

    public OperationStatus {
        if (comment.length() > 64) {
            throw new IllegalArgumentException(
                    "an Error Comment of " + comment.length() + " characters (PS3.5 6.2, LO)");
        }
    }

    public static OperationStatus resourceLimitation(String comment) {
        return new OperationStatus(0x0213, comment, 0, 0);
    }

    public static OperationStatus invalidValue(int tag, String comment) {
        return new OperationStatus(0x0106, comment, 0, tag);
    }

    static OperationStatus missing(int tag) {
        return new OperationStatus(0x0120, "attribute " + Tag.text(tag) + " is missing", 0, tag);
    }

    static OperationStatus missingValue(int tag) {
        return new OperationStatus(0x0121, "attribute " + Tag.text(tag) + " has no value", 0, tag);
    }

    static OperationStatus invalidInstance() {
        return new OperationStatus(0x0117, "the SOP Instance UID is no UID (PS3.5 9.1)", 0, 0);
    }

    /** The response to an N-CREATE or N-SET request of this instance. */
    CommandSet response(CommandSet request, String sopClassUid, String sopInstanceUid) {
        CommandSet response = request.response(code)
                .put(CommandSet.AFFECTED_SOP_CLASS_UID, sopClassUid)
                .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, sopInstanceUid);
        if (!comment.isEmpty()) {
            response.putTitle(CommandSet.ERROR_COMMENT, comment);
        }
        if (errorId != 0) {
            response.put(CommandSet.ERROR_ID, errorId);
        }
        if (attribute != 0) {
            response.putTag(CommandSet.ATTRIBUTE_IDENTIFIER_LIST, attribute);
        }
        return response;
    }

    /** The code as the standard prints it, and the comment. */
    @Override
    public String toString() {
        return String.format("%04XH", code) + (comment.isEmpty() ? "" : ", " + comment);
    }
}
