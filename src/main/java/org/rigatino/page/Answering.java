package org.rigatino.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.rigatino.answer.AnswerRequest;
import org.rigatino.answer.AnswerView;
import org.rigatino.persistence.Answer.Reason;
import org.rigatino.persistence.Answer.Verdict;
import org.rigatino.web.RevisionView.FindingView;

/**
 * What people said of the image that is shown, and what the visitor may say.
 *
 * @param given the latest first
 * @param besides those in force to what other releases said of the image, the latest first
 * @param missable whether no image of the study is flagged, so that something may have been missed
 * @param outcome of what the visitor said; null where they said nothing
 * @param refusal why it was not recorded; null where it was
 * @param typed what they said, to be sent again; null where it was recorded
 */
public record Answering(
        List<AnswerView> given,
        List<AnswerView> besides,
        boolean missable,
        Outcome outcome,
        Spoken refusal,
        AnswerRequest typed) {
    /** QUICKER: another answer is in force than they saw. */
    public enum Outcome {
        DONE,
        QUICKER,
        REFUSED
    }

    /** Of no image. */
    static final Answering NONE = new Answering(List.of(), List.of(), false, null, null, null);

    /** @param all answers of the study */
    static Answering of(List<AnswerView> all, FindingView finding, boolean missable) {
        return new Answering(
                latestFirst(
                        all,
                        answer -> answer.isOf(finding.sopInstanceUid(), finding.frameNumber(), finding.modelDigest())),
                latestFirst(
                        all,
                        answer -> answer.isBesides(
                                finding.sopInstanceUid(), finding.frameNumber(), finding.modelDigest())),
                missable,
                null,
                null,
                null);
    }

    private static List<AnswerView> latestFirst(List<AnswerView> all, Predicate<AnswerView> meant) {
        List<AnswerView> found = new ArrayList<>(all.stream().filter(meant).toList());
        Collections.reverse(found);
        return found;
    }

    Answering with(Outcome came, Spoken why, AnswerRequest said) {
        return new Answering(given, besides, missable, came, why, said);
    }

    /** Null where there is none. */
    public AnswerView inForce() {
        return given.isEmpty() ? null : given.get(0);
    }

    /** Whether there is something to take back. */
    public boolean isAnswered() {
        return inForce() != null && inForce().verdict() != Verdict.WITHDRAWN;
    }

    /** Of {@link #inForce}: what was missed there; null where nothing is said to be. */
    public AnswerView place() {
        return isAnswered() && inForce().verdict() == Verdict.MISSED ? inForce() : null;
    }

    public List<AnswerView> earlier() {
        return given.isEmpty() ? List.of() : given.subList(1, given.size());
    }

    public List<Reason> getReasons() {
        return List.of(Reason.values());
    }

    public boolean isTyped(Reason reason) {
        return typed != null && typed.reason() == reason;
    }

    public String comment() {
        return typed == null || typed.comment() == null ? "" : typed.comment();
    }

    /** As typed; empty where it was not. */
    public String column() {
        return typed == null || typed.column() == null ? "" : typed.column().toString();
    }

    /** As typed; empty where it was not. */
    public String row() {
        return typed == null || typed.row() == null ? "" : typed.row().toString();
    }
}
