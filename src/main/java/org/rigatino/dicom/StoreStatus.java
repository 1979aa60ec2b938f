package org.rigatino.dicom;

/**
 * Status of a C-STORE response (PS3.7 annex C, PS3.4 table B.2-1).
 *
 * @param code (0000,0900), 0 to FFFFH
 */
public record StoreStatus(int code) {
    public static final StoreStatus SUCCESS = new StoreStatus(0x0000);
    public static final StoreStatus DUPLICATE_SOP_INSTANCE = new StoreStatus(0x0111);
    /** PS3.7 C.5.14. */
    public static final StoreStatus SOP_CLASS_NOT_SUPPORTED = new StoreStatus(0x0122);

    /** PS3.7 C.5.24. */
    public static final StoreStatus NOT_AUTHORIZED = new StoreStatus(0x0124);

    public static final StoreStatus OUT_OF_RESOURCES = new StoreStatus(0xA700);
    public static final StoreStatus DATASET_DOES_NOT_MATCH_SOP_CLASS = new StoreStatus(0xA900);
    /** Coercion of Data Elements. */
    public static final StoreStatus COERCION = new StoreStatus(0xB000);

    public static final StoreStatus CANNOT_UNDERSTAND = new StoreStatus(0xC000);

    /** Only 0000H: a {@link #isWarning() warning} says that the peer may have changed or dropped something. */
    public boolean isSuccess() {
        return code == 0;
    }

    /**
     * Class Warning (PS3.7 annex C): stored all the same. Of C-STORE B000H, elements coerced; B006H, elements discarded;
     * B007H, the dataset does not match its SOP class (PS3.4 B.2.3).
     */
    public boolean isWarning() {
        return (code & 0xF000) == 0xB000 || code == 0x0001 || code == 0x0107 || code == 0x0116;
    }

    /** Refused: Out of Resources (A7xxH, PS3.4 B.2.3), which passes when the peer has room again. */
    public boolean isOutOfResources() {
        return (code & 0xFF00) == 0xA700;
    }

    /** SOP class not supported (0122H, PS3.7 C.5.14), or dataset does not match SOP class (A9xxH, PS3.4 B.2.3). */
    public boolean isUnsupported() {
        return code == 0x0122 || (code & 0xFF00) == 0xA900;
    }

    /** The code as the standard prints it, A700H for example. */
    @Override
    public String toString() {
        return String.format("%04XH", code);
    }
}
