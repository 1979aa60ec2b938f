package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.answer.AnswerView;
import org.rigatino.persistence.Answer.Verdict;
import org.rigatino.web.RevisionView.FindingView;

class AnsweringTest {
    private static final FindingView SHOWN =
            new FindingView(1, "2.25.1", 1, "brain", "5", "five", 1, 50, false, List.of());

    private static AnswerView answer(long id, int frame, String digest, Verdict verdict, boolean inForce) {
        return new AnswerView(
                id,
                "2.25.1",
                frame,
                "brain",
                digest,
                digest,
                false,
                verdict,
                null,
                null,
                false,
                null,
                null,
                "rosa",
                Instant.EPOCH,
                null,
                inForce,
                false);
    }

    /** The study was judged again by another release: what was said of the one before holds, and is no answer to this one. */
    @Test
    void whatWasSaidToAnotherReleaseIsShownBesides() {
        List<AnswerView> all = List.of(
                answer(1, 1, "four", Verdict.AGREE, false),
                answer(2, 1, "four", Verdict.MISSED, true),
                answer(3, 1, "three", Verdict.WITHDRAWN, true),
                answer(4, 2, "four", Verdict.DISAGREE, true),
                answer(5, 1, "two", Verdict.UNSURE, true));

        Answering answering = Answering.of(all, SHOWN, true);

        assertThat(answering.inForce()).isNull();
        assertThat(answering.besides()).extracting(AnswerView::id).containsExactly(5L, 2L);
    }

    @Test
    void whatWasSaidToThisOneIsNotToldTwice() {
        Answering answering = Answering.of(List.of(answer(1, 1, "five", Verdict.AGREE, true)), SHOWN, true);
        assertThat(answering.inForce().id()).isEqualTo(1);
        assertThat(answering.besides()).isEmpty();
    }

    @Test
    void aColleaguesAnswerIsAnothersUntilItIsTakenBack() {
        assertThat(answer(1, 1, "five", Verdict.AGREE, true).isOfAnother("ruth"))
                .isTrue();
        assertThat(answer(1, 1, "five", Verdict.AGREE, true).isOfAnother("rosa"))
                .isFalse();
        assertThat(answer(1, 1, "five", Verdict.WITHDRAWN, true).isOfAnother("ruth"))
                .isFalse();
    }
}
