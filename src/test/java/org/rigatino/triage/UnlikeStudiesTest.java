package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.finding.Priority;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.WorklistEntry.State;

/** Images that were refused as unlike may be the most abnormal of all: their studies are on the worklist. */
class UnlikeStudiesTest extends WorklistDatabase {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String FAR = "distance 2.10 from the model's normal images, 1.45 at most is judged";

    private static int studies;

    private static JudgedStudy study() {
        return new JudgedStudy(database.dataSource(), "2.25.7" + ++studies);
    }

    /** By its latest revision. */
    private static JudgedStudy listed(JudgedStudy study) throws Exception {
        record.list(Long.parseLong(
                database.query("select max(id) from study where study_instance_uid = '" + study.uid() + "'")
                        .get(0)));
        return study;
    }

    private static WorklistView entry(JudgedStudy study) throws Exception {
        return lists.find(listed(study).uid(), READER).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"unlike, UNJUDGED", "'body-part, unlike', UNJUDGED", "'foreground, unlike', UNJUDGED"})
    void aStudyThatIsRefusedForItsPixelsIsToBeLookedAt(String rules, Priority priority) throws Exception {
        WorklistView entry = entry(study().refused(1, rules, FRESH).image(1, 2, Outcome.REFUSED, rules, FAR));
        assertThat(entry.priority()).isEqualTo(priority);
        assertThat(entry.trouble().rule()).isEqualTo(rules);
        assertThat(entry.imagesUnlike()).isEqualTo(1);
        assertThat(entry.reason()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"modality", "body-part", "foreground", "'unlikely, body-part'"})
    void aStudyOutOfScopeIsNot(String rules) throws Exception {
        JudgedStudy study = listed(study().refused(1, rules, FRESH)
                .image(1, 2, Outcome.REFUSED, rules, "Body Part Examined is unlike: unlike"));
        assertThat(lists.find(study.uid(), READER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HIGH, HIGH", "MEDIUM, UNJUDGED", "LOW, UNJUDGED"})
    void aStudyOfWhichSomeSlicesAreUnlikeIsNeverLow(String judged, Priority priority) throws Exception {
        for (JudgedStudy study : List.of(
                study().judged(1, judged, 50, FRESH).image(1, 2, Outcome.REFUSED, "unlike", FAR),
                study().judged(1, judged, 50, FRESH)
                        .image(1, 2, Outcome.RESTORED, null, "frames 1-2, 9: foreground; frame 4: unlike: " + FAR),
                study().judged(1, judged, 50, FRESH)
                        .image(1, 2, Outcome.FAILED, "made for a test", "frames 1-2, 9: unlike"))) {
            assertThat(entry(study))
                    .extracting(WorklistView::priority, WorklistView::imagesUnlike, WorklistView::trouble)
                    .containsExactly(priority, 1, null);
        }
        assertThat(entry(study().judged(1, judged, 50, FRESH).image(1, 2, Outcome.SET_ASIDE, "unlike", FAR))
                        .priority())
                .isEqualTo(Priority.valueOf(judged));
    }

    /** The failure is later, and leaves the judgement: it hides nothing that was not judged. */
    @Test
    void aDeliveryThatFailsHidesNothingThatWasNotJudged() throws Exception {
        JudgedStudy unlike = study().judged(1, "LOW", 5, FRESH)
                .image(1, 2, Outcome.REFUSED, "unlike", FAR)
                .failed(2, "deliver", FRESH);
        JudgedStudy failed =
                study().judged(1, "LOW", 5, FRESH).failed(2, "restore", FRESH).failed(3, "deliver", FRESH);
        assertThat(List.of(entry(unlike), entry(failed)))
                .extracting(WorklistView::priority)
                .containsOnly(Priority.UNJUDGED);
    }

    @Test
    void lateImagesThatAreUnlikeBringAStudyBackAndThoseOfARevisionThatIsSettledDoNotCount() throws Exception {
        JudgedStudy study = study().judged(1, "LOW", 5, FRESH);
        assertThat(entry(study).priority()).isEqualTo(Priority.LOW);
        database.execute("update worklist_entry set state = 'ACKNOWLEDGED', acknowledged_by = 'anna',"
                + " acknowledged_at = now() where study_instance_uid = '" + study.uid() + "'");
        assertThat(entry(study.judged(2, "LOW", 5, FRESH).image(2, 3, Outcome.REFUSED, "unlike", FAR)))
                .extracting(WorklistView::state, WorklistView::priority, WorklistView::reopenedBecause)
                .containsExactly(
                        State.OPEN,
                        Priority.UNJUDGED,
                        "revision 2 has images refused as unlike, after anna had acknowledged it");
        database.execute("update study set superseded_at = now() where revision = 2" + " and study_instance_uid = '"
                + study.uid() + "'");
        assertThat(List.of(entry(study)))
                .extracting(WorklistView::priority, WorklistView::imagesUnlike)
                .containsExactly(tuple(Priority.LOW, 0));
    }
}
