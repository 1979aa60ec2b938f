package org.rigatino.restore;

/** An image is for a release that serves and is not here. */
public final class AbsentReleaseException extends RuntimeException {
    AbsentReleaseException(AbsentRelease release) {
        super("model release " + release.model() + ", sha256 " + release.digest()
                + ", serves and is not under rigatino.restore.models of this worker: put it there and restart the worker, or"
                + " promote another release, and replay the study");
    }
}
