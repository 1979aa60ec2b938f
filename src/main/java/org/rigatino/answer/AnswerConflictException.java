package org.rigatino.answer;

/** The finding has another answer in force than the author saw, or its study is not such that the answer makes sense. */
public final class AnswerConflictException extends RuntimeException {
    private final transient AnswerView current;

    /** @param current null where there is none */
    AnswerConflictException(String message, AnswerView current) {
        super(message);
        this.current = current;
    }

    /** The answer in force; null where there is none. */
    public AnswerView current() {
        return current;
    }
}
