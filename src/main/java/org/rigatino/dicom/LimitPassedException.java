package org.rigatino.dicom;

/** More of a study came than is let, or it took longer. */
public final class LimitPassedException extends DicomException {
    /** What was passed. */
    public enum Limit {
        INSTANCES,
        TIME
    }

    private final Limit limit;

    public LimitPassedException(Limit limit, String message, Throwable cause) {
        super(message, cause);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
