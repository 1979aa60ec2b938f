package org.rigatino.deliver.dicomweb;

import java.time.Duration;
import java.util.Optional;
import org.rigatino.dicom.DicomException;

/** The service is out of reach, says that it cannot for now, or an exchange with it broke off. */
public final class DicomwebException extends DicomException {
    private final boolean begun;
    private final Duration retryAfter;

    /** @param begun whether anything of the request was sent */
    DicomwebException(String message, boolean begun, Throwable cause) {
        super(message, cause);
        this.begun = begun;
        this.retryAfter = null;
    }

    /**
     * It answered that it cannot for now.
     *
     * @param retryAfter null where it does not say for how long
     */
    public DicomwebException(String message, Duration retryAfter) {
        super(message);
        this.begun = true;
        this.retryAfter = retryAfter;
    }

    /** Whether anything of the request was sent, so that it may have been taken. */
    public boolean isBegun() {
        return begun;
    }

    /** For how long it does not want to be asked. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
