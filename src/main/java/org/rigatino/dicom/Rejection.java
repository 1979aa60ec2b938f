package org.rigatino.dicom;

/** Result, source and reason of an A-ASSOCIATE-RJ PDU (PS3.8 table 9-21). */
record Rejection(int result, int source, int reason) {
    /** For an address that is not served: no reason of the table names it. */
    static final Rejection NO_REASON_GIVEN = new Rejection(1, 1, 1);

    static final Rejection APPLICATION_CONTEXT_NOT_SUPPORTED = new Rejection(1, 1, 2);
    static final Rejection CALLING_AE_TITLE_NOT_RECOGNIZED = new Rejection(1, 1, 3);
    static final Rejection CALLED_AE_TITLE_NOT_RECOGNIZED = new Rejection(1, 1, 7);
    static final Rejection PROTOCOL_VERSION_NOT_SUPPORTED = new Rejection(1, 2, 2);
    static final Rejection LOCAL_LIMIT_EXCEEDED = new Rejection(2, 3, 2);

    static Rejection decode(byte[] body) {
        return new Rejection(body[1] & 0xff, body[2] & 0xff, body[3] & 0xff);
    }

    byte[] encode() {
        return new byte[] {0, (byte) result, (byte) source, (byte) reason};
    }

    @Override
    public String toString() {
        return (result == 2 ? "transient, " : "permanent, ") + meaning();
    }

    private String meaning() {
        return switch (source * 16 + reason) {
            case 0x11 -> "no reason given";
            case 0x12 -> "application context name not supported";
            case 0x13 -> "calling AE title not recognized";
            case 0x17 -> "called AE title not recognized";
            case 0x22 -> "protocol version not supported";
            case 0x31 -> "temporary congestion";
            case 0x32 -> "local limit exceeded";
            default -> "source " + source + " reason " + reason;
        };
    }
}
