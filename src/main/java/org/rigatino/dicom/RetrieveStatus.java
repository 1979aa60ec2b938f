package org.rigatino.dicom;

/**
 * Status of a C-FIND or C-MOVE response (PS3.4 tables C.4-1 and C.4-2, PS3.7 annex C).
 *
 * @param code (0000,0900), 0 to FFFFH
 */
record RetrieveStatus(int code) {
    /** Whether more responses follow; FF01H says that optional keys were not matched. */
    boolean isPending() {
        return code == 0xFF00 || code == 0xFF01;
    }

    boolean isSuccess() {
        return code == 0;
    }

    /** Sub-operations complete, with failures or warnings. */
    boolean isWarning() {
        return code == 0xB000;
    }

    private String meaning() {
        return switch (code) {
            case 0x0122 -> "SOP class not supported";
            case 0x0124 -> "not authorized";
            case 0x0211 -> "unrecognized operation";
            case 0xA700 -> "out of resources";
            case 0xA701 -> "out of resources, unable to calculate the number of matches";
            case 0xA702 -> "out of resources, unable to perform sub-operations";
            case 0xA801 -> "move destination unknown";
            case 0xA900 -> "the identifier does not match the SOP class";
            case 0xB000 -> "sub-operations complete, one or more failures or warnings";
            case 0xFE00 -> "cancelled";
            default -> (code & 0xF000) == 0xC000 ? "unable to process" : "a status that the standard does not have";
        };
    }

    /** The code as the standard prints it, with its meaning. */
    @Override
    public String toString() {
        return String.format("%04XH (%s)", code, meaning());
    }
}
