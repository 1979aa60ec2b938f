package org.rigatino.answer;

import org.rigatino.persistence.Answer.Verdict;

/**
 * Answers in force, by what the release had said.
 *
 * @param right agreed with a flag
 * @param wrong disagreed with a flag
 * @param rightlyNot agreed with that there is none
 * @param wronglyNot disagreed with that there is none
 * @param missed said to have been missed in a study without a flag
 */
public record Tally(long right, long wrong, long rightlyNot, long wronglyNot, long missed, long unsure) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    static Tally of(Verdict verdict, boolean flagged, long count) {
        return switch (verdict) {
            case AGREE -> flagged ? new Tally(count, 0, 0, 0, 0, 0) : new Tally(0, 0, count, 0, 0, 0);
            case DISAGREE -> flagged ? new Tally(0, count, 0, 0, 0, 0) : new Tally(0, 0, 0, count, 0, 0);
            case MISSED -> new Tally(0, 0, 0, 0, count, 0);
            case UNSURE -> new Tally(0, 0, 0, 0, 0, count);
            case WITHDRAWN -> NONE;
        };
    }

    Tally plus(Tally other) {
        return new Tally(
                right + other.right,
                wrong + other.wrong,
                rightlyNot + other.rightlyNot,
                wronglyNot + other.wronglyNot,
                missed + other.missed,
                unsure + other.unsure);
    }

    public long getAnswers() {
        return right + wrong + rightlyNot + wronglyNot + missed + unsure;
    }

    /** Positive predictive value: of flags that were agreed or disagreed with, those agreed with; null where there is none. */
    public Proportion getPredictiveValue() {
        return Proportion.of(right, right + wrong);
    }

    /** Of answers that are sure, those that agree; null where there is none. */
    public Proportion getAgreement() {
        return Proportion.of(right + rightlyNot, getAnswers() - unsure);
    }
}
