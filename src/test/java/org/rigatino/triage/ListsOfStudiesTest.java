package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rigatino.finding.Priority;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.Reader;
import org.rigatino.persistence.WorklistEntry.State;
import org.rigatino.study.LifeOnRecord;

/** What of the lists changes while it is read, or is settled. */
class ListsOfStudiesTest extends WorklistDatabase {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final StudyFilter ALL = StudyFilter.NONE;

    /** Takes a study off the list between its two questions. */
    static final class Meanwhile extends Identities {
        private final String gone;

        Meanwhile(String gone) {
            this.gone = gone;
        }

        @Override
        public Map<String, Identity> show(Collection<String> studies, Reader reader) {
            try {
                database.execute("delete from worklist_entry where study_instance_uid = '" + gone + "'");
                return Map.of();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aStudyThatIsTakenOffTheListWhileItIsReadIsLeftOut() throws Exception {
        JudgedStudy gone = new JudgedStudy(database.dataSource(), "2.25.801").judged(1, "HIGH", 99, FRESH);
        JudgedStudy stays = new JudgedStudy(database.dataSource(), "2.25.802").judged(1, "HIGH", 99, FRESH);
        record.unlisted(100).forEach(record::list);
        database.with(new Meanwhile(gone.uid()));
        WorklistFilter open = new WorklistFilter(State.OPEN, Set.of(), null, null, null, null, ALL);
        assertThat(database.bean(WorklistLists.class).list(open, 0, 10, READER).entries())
                .extracting(WorklistView::studyInstanceUid)
                .contains(stays.uid())
                .doesNotContain(gone.uid());
    }

    /** Its state stays, since that is what came of the revision. */
    @Test
    void aRefusalThatAPersonSettledIsNotListedAsRefused() throws Exception {
        LifeOnRecord.Somewhere nowhere = (study, outputs, asked) -> {};
        database.with(nowhere, new Meanwhile("none"));
        RevisionLists revisions = database.bean(RevisionLists.class);
        new JudgedStudy(database.dataSource(), "2.25.803").refused(1, "patient-identity", FRESH);
        new JudgedStudy(database.dataSource(), "2.25.804").refused(1, "patient-identity", FRESH);
        database.execute("update study set superseded_at = now() where study_instance_uid = '2.25.803'");
        assertThat(revisions
                        .list(RevisionLists.Kind.REFUSED, ALL, 0, 10, READER)
                        .entries())
                .extracting(RevisionPage.Row::studyInstanceUid)
                .containsExactly("2.25.804");
        assertThat(revisions.count(RevisionLists.Kind.REFUSED, ALL, READER)).isOne();
    }

    /** As where colleagues work on while somebody looks at the last page. */
    @Test
    void behindTheLastPageOfAListIsTheLastPage() throws Exception {
        database.with(new Meanwhile("none"), (LifeOnRecord.Somewhere) (study, outputs, asked) -> {});
        for (int i = 1; i <= 3; i++) {
            new JudgedStudy(database.dataSource(), "2.25.81" + i).judged(1, "MEDIUM", i, FRESH);
            new JudgedStudy(database.dataSource(), "2.25.82" + i).refused(1, "modality", FRESH);
        }
        record.unlisted(100).forEach(record::list);
        WorklistFilter medium = new WorklistFilter(State.OPEN, Set.of(Priority.MEDIUM), null, null, null, null, ALL);
        WorklistLists lists = database.bean(WorklistLists.class);
        assertThat(lists.list(medium, 7, 2, READER).entries()).isEmpty();
        WorklistPage last = lists.listOrLast(medium, 7, 2, READER);
        assertThat(last.entries()).hasSize(1);
        assertThat(last.page()).isOne();
        WorklistFilter none = new WorklistFilter(State.OPEN, Set.of(), "nobody", null, null, null, ALL);
        assertThat(lists.listOrLast(none, 7, 2, READER).page()).isZero();

        RevisionLists revisions = database.bean(RevisionLists.class);
        long refused = revisions.count(RevisionLists.Kind.REFUSED, ALL, READER);
        RevisionPage lastRefused = revisions.listOrLast(RevisionLists.Kind.REFUSED, ALL, 1_000_000, 1, READER);
        assertThat(lastRefused.entries()).hasSize(1);
        assertThat(lastRefused.page()).isEqualTo((int) refused - 1);
    }
}
