package org.rigatino.answer;

import org.rigatino.refusal.Refusal;
import org.rigatino.refusal.Refused;

/** The finding has another answer in force than the author saw, or its study is not such that the answer makes sense. */
public final class AnswerConflictException extends RuntimeException implements Refused {
    private final transient Refusal refusal;
    private final transient AnswerView current;

    /** @param current null where there is none */
    AnswerConflictException(Refusal refusal, AnswerView current) {
        super(refusal.english());
        this.refusal = refusal;
        this.current = current;
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }

    /** The answer in force; null where there is none. */
    public AnswerView current() {
        return current;
    }
}
