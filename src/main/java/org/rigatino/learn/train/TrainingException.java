package org.rigatino.learn.train;

import ai.djl.engine.EngineException;
import java.util.regex.Pattern;

/** A training that stopped before its end. The message is one line: what happened, where, what to do, what is kept. */
final class TrainingException extends RuntimeException {
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "can't allocate memory|out of memory|not enough memory|bad_alloc", Pattern.CASE_INSENSITIVE);

    private TrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param what was measured, with what it was before where that is known; @param kept says which checkpoint is kept */
    static TrainingException diverged(String what, int iteration, String kept) {
        return new TrainingException("training diverged at iteration " + iteration + ": " + what + "; " + kept, null);
    }

    /** @param when as in "at iteration 7"; @param kept says which checkpoint is kept */
    static TrainingException of(Throwable cause, String when, String kept) {
        String reason = firstLine(cause);
        if (isOutOfMemory(cause)) {
            return new TrainingException(
                    "out of memory " + when + " (" + reason
                            + "): start anew with a smaller --batch, --grid or --width, or go on with --resume where"
                            + " there is more memory; " + kept,
                    cause);
        }
        return new TrainingException("the engine failed " + when + ": " + reason + "; " + kept, cause);
    }

    static TrainingException interrupted(int iteration, String kept) {
        return new TrainingException(
                "interrupted after iteration " + iteration + "; " + kept + "; go on with --resume", null);
    }

    /** @param kept says which checkpoint is kept */
    static TrainingException notWritten(Exception cause, String kept) {
        return new TrainingException(
                firstLine(cause) + "; " + kept
                        + ": --resume goes on from it once that is mended; where it is --out, with another one and the same"
                        + " --work",
                cause);
    }

    /** Of the Java heap, or of the engine's memory. */
    static boolean isOutOfMemory(Throwable cause) {
        return cause instanceof OutOfMemoryError
                || cause instanceof EngineException
                        && cause.getMessage() != null
                        && OUT_OF_MEMORY.matcher(cause.getMessage()).find();
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }
}
