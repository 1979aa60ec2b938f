package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.finding.Priority;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.WorklistEntry.State;

/** What could not be restored may be the most abnormal of all: the rest of the study says nothing of it. */
class UnreadImagesTest extends WorklistDatabase {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static int studies;

    private static JudgedStudy study() {
        return new JudgedStudy(database.dataSource(), "2.25.79" + ++studies);
    }

    private static WorklistView entry(JudgedStudy study) throws Exception {
        record.unlisted(100).forEach(record::list);
        return lists.find(study.uid(), READER).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"HIGH, HIGH", "MEDIUM, UNJUDGED", "LOW, UNJUDGED"})
    void aStudyOfWhichSlicesCouldNotBeRestoredStandsWhereNothingOfItIsJudged(String judged, Priority priority)
            throws Exception {
        assertThat(entry(study().judged(1, judged, 12, FRESH).image(1, 2, Outcome.FAILED, "truncated", null)))
                .extracting(WorklistView::priority, WorklistView::imagesFailed, WorklistView::trouble)
                .containsExactly(priority, 1, null);
    }

    /** By the statement of docs/operations.md, Upgrading. */
    @Test
    void whatAKeeperOfTheFirstVersionListedMeanwhileIsTakenInAnew() throws Exception {
        JudgedStudy study = study().judged(1, "LOW", 5, FRESH).image(1, 2, Outcome.FAILED, "truncated", null);
        entry(study);
        database.execute("update worklist_entry set priority = 'LOW' where study_instance_uid = '" + study.uid()
                + "'; update study set listed_as = '{}' where study_instance_uid = '" + study.uid() + "'");
        assertThat(entry(study).priority()).isEqualTo(Priority.LOW);
        Matcher statement = Pattern.compile("(?s)update study s set listed_outcome_at = null.*?;")
                .matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(statement.find()).isTrue();
        database.execute(statement.group());
        assertThat(entry(study).priority()).isEqualTo(Priority.UNJUDGED);
    }

    @Test
    void lateImagesThatCouldNotBeRestoredBringAStudyBackUntilTheyAre() throws Exception {
        JudgedStudy study = study().judged(1, "LOW", 5, FRESH);
        entry(study);
        database.execute("update worklist_entry set state = 'ACKNOWLEDGED', acknowledged_by = 'anna',"
                + " acknowledged_at = now() where study_instance_uid = '" + study.uid() + "'");
        assertThat(entry(study.judged(2, "LOW", 5, FRESH).image(2, 3, Outcome.FAILED, "truncated", null)))
                .extracting(WorklistView::state, WorklistView::priority, WorklistView::reopenedBecause)
                .containsExactly(
                        State.OPEN,
                        Priority.UNJUDGED,
                        "revision 2 has images that could not be restored, after anna had acknowledged it");
        database.execute("update instance set outcome = 'RESTORED', outcome_reason = null where outcome = 'FAILED';"
                + " update study set ended_at = now(), state = 'CONFIRMED' where study_instance_uid = '" + study.uid()
                + "'");
        assertThat(entry(study))
                .extracting(WorklistView::priority, WorklistView::imagesFailed, WorklistView::reopenedBecause)
                .containsExactly(Priority.LOW, 0, null);
    }
}
