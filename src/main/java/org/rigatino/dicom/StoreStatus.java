package org.rigatino.dicom;

/**
 * Status of a C-STORE response (PS3.7 annex C, PS3.4 table B.2-1).
 *
 * @param code (0000,0900), 0 to FFFFH
 */
public record StoreStatus(int code) {
    public static final StoreStatus SUCCESS = new StoreStatus(0x0000);
    public static final StoreStatus DUPLICATE_SOP_INSTANCE = new StoreStatus(0x0111);
    public static final StoreStatus OUT_OF_RESOURCES = new StoreStatus(0xA700);
    public static final StoreStatus DATASET_DOES_NOT_MATCH_SOP_CLASS = new StoreStatus(0xA900);
    public static final StoreStatus CANNOT_UNDERSTAND = new StoreStatus(0xC000);

    /** Only 0000H: a warning (Bxxx) says that the peer may have changed or dropped something. */
    public boolean isSuccess() {
        return code == 0;
    }

    /** The code as the standard prints it, A700H for example. */
    @Override
    public String toString() {
        return String.format("%04XH", code);
    }
}
