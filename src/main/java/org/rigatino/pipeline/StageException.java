package org.rigatino.pipeline;

import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.StudyStage;
import org.rigatino.restore.RestorerException;

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

    /** @throws StageException where the thread was interrupted, before {@code cause} or because of it; null for none */
    static void requireUninterrupted(Throwable cause) throws StageException {
        if (Thread.interrupted()) {
            throw new StageException(StudyStage.IMAGE, "interrupted", cause);
        }
    }

    /** @throws StageException where the thread was interrupted */
    static void giveWay(Pace pace) throws StageException {
        try {
            pace.giveWay();
        } catch (InterruptedException e) {
            throw new StageException(StudyStage.IMAGE, "interrupted", e);
        }
    }

    public StudyStage stage() {
        return stage;
    }

    /** Our own messages name no patient; those of libraries may quote what they were given, so they are left out. */
    public static String describe(Throwable cause) {
        if (cause instanceof DicomException || cause instanceof RestorerException) {
            return cause.getMessage();
        }
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
