package org.rigatino.pipeline;

import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.StudyStage;

/** A stage of the pipeline failed for the whole study. The message may be recorded: it holds no patient data. */
public final class StageException extends Exception {
    private final StudyStage stage;

    public StageException(StudyStage stage, Throwable cause) {
        this(stage, describe(cause), cause);
    }

    public StageException(StudyStage stage, String message, Throwable cause) {
        super(message, cause);
        this.stage = stage;
    }

    public StudyStage stage() {
        return stage;
    }

    /** Our own messages name no patient; those of libraries may quote what they were given, so they are left out. */
    public static String describe(Throwable cause) {
        if (cause instanceof DicomException) {
            return cause.getMessage();
        }
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
