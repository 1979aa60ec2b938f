package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.access.AccessConfiguration;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.finding.Priority;
import org.rigatino.identity.Identities;
import org.rigatino.identity.IdentityFilter;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;
import org.rigatino.persistence.WorklistEntry.State;

/**
 * Pages of a long worklist, as the pages and REST ask for them. {@code -Drigatino.bench.studies=100000} takes as many;
 * each answer is printed with the median of its times.
 */
@Slow
class WorklistSizeTest {
    private static final int STUDIES = Integer.getInteger("rigatino.bench.studies", 5_000);
    private static final Reader ANNA = new Reader(IdentityLevel.FULL, new Actor("anna", "192.0.2.7"));

    /** Half of them open, a tenth high; 400 family names and 300 given ones. */
    private static final String ROWS =
            """
            insert into study (id, study_instance_uid, revision, state, percentile, priority, images_seen, images_restored,
              first_received_at, last_received_at, restored_at, ended_at)
            overriding system value
            select n, '2.25.1' || n, 1, 'CONFIRMED', 50, 'LOW', 1, 1, now() - n * interval '1 minute',
              now() - n * interval '1 minute', now(), now() from generate_series(1, $N) as n;
            insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid, transfer_syntax_uid,
              modality, calling_ae_title, location, sha256, bytes, received_at, outcome)
            overriding system value
            select n, n, '2.25.2' || n, '1.2', '2.25.3' || n, '1.2', 'MR', 'MR' || n % 9, n, n, 9, now(), 'RESTORED'
            from generate_series(1, $N) as n;
            insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,
              configuration_digest, score, percentile, flagged, created_at)
            select n, n, 1, 'm', n % 3, 'd', 'd', 0.5, 50, false, now() from generate_series(1, $N) as n;
            insert into worklist_entry (study_instance_uid, revision, state, priority, finding_id, images_seen,
              images_restored, images_failed, waiting_since, listed_at, acknowledged_by, acknowledged_at, senders,
              modalities, release)
            select '2.25.1' || n, 1, case when n % 2 = 0 then 'OPEN' else 'ACKNOWLEDGED' end,
              (array['HIGH', 'MEDIUM', 'MEDIUM', 'LOW', 'LOW', 'LOW', 'LOW', 'LOW', 'LOW', 'LOW'])[1 + n / 2 % 10], n, 1, 1, 0,
              now() - n * interval '1 minute', now(), case when n % 2 = 1 then 'rosa' end, case when n % 2 = 1 then now() end,
              array['MR' || n % 9], array[(array['MR', 'CT', 'DX'])[1 + n % 3]], 'm/' || n % 3
            from generate_series(1, $N) as n;
            insert into study_identity (study_instance_uid, state, changed_at, patient_name, patient_id, accession_number,
              study_date, study_day, words)
            select '2.25.1' || n, 'RECORDED', now(), 'Family' || n % 400 || '^Given' || n % 299, 'ID' || n, 'ACC' || n,
              to_char(current_date - n / 500, 'YYYYMMDD'), current_date - n / 500,
              array_to_tsvector(array['n:family' || n % 400, 'n:given' || n % 299, 'i:id' || n, 'a:acc' || n])
            from generate_series(1, $N) as n;
            vacuum analyze study, instance, finding, worklist_entry, study_identity""";

    private static DeliveryDatabase database;
    private static WorklistLists lists;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.bean(AuditTrail.class);
        database.bean(Identities.class);
        database.with(Settings.of(AccessConfiguration.class));
        database.bean(GoneAssignees.class);
        lists = database.bean(WorklistLists.class);
        for (String rows : ROWS.replace("$N", String.valueOf(STUDIES)).split(";\n")) {
            database.execute(rows);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static WorklistFilter filter(State state, Set<Priority> priorities, String release, StudyFilter study) {
        return new WorklistFilter(state, priorities, null, null, null, release, study);
    }

    private static StudyFilter who(String search, String from, String to) {
        return new StudyFilter(Set.of(), null, IdentityFilter.of(search, null, null, null, from, to));
    }

    @Test
    void aPageOfALongListIsThereInAFifthOfASecond() throws Exception {
        String today = java.time.LocalDate.now().toString();
        page("all that is open", filter(State.OPEN, Set.of(), null, StudyFilter.NONE), 0, STUDIES / 2);
        page("its last page", filter(State.OPEN, Set.of(), null, StudyFilter.NONE), STUDIES / 100 - 1, STUDIES / 2);
        page("what is acknowledged", filter(State.ACKNOWLEDGED, Set.of(), null, StudyFilter.NONE), 0, STUDIES / 2);
        page("what is high", filter(State.OPEN, Set.of(Priority.HIGH), null, StudyFilter.NONE), 0, STUDIES / 20);
        page("a release", filter(State.OPEN, Set.of(), "m/1", StudyFilter.NONE), 0, -1);
        page(
                "a modality",
                filter(State.OPEN, Set.of(), null, new StudyFilter(Set.of("CT"), null, IdentityFilter.NONE)),
                0,
                -1);
        page(
                "a sender",
                filter(State.OPEN, Set.of(), null, new StudyFilter(Set.of(), "MR3", IdentityFilter.NONE)),
                0,
                -1);
        page("a name", filter(State.OPEN, Set.of(), null, who("family14 given", null, null)), 0, -1);
        page("the beginning of every name", filter(State.OPEN, Set.of(), null, who("fam", null, null)), 0, STUDIES / 2);
        page("an ID", filter(State.OPEN, Set.of(), null, who("id2000", null, null)), 0, -1);
        page("nobody", filter(State.OPEN, Set.of(), null, who("zzz", null, null)), 0, 0);
        page("today", filter(State.OPEN, Set.of(), null, who(null, today, today)), 0, 249);
        page("a name of days", filter(State.OPEN, Set.of(), null, who("family14", "2000-01-01", today)), 0, -1);
    }

    /** From the first to the last and to the first again, without those of others. */
    @Test
    void theNextStudyIsTheOneBehindInTheOrderOfTheList() throws Exception {
        WorklistFilter open = filter(State.OPEN, Set.of(), null, StudyFilter.NONE);
        List<String> order = lists.list(open, 0, 4, ANNA).entries().stream()
                .map(WorklistView::studyInstanceUid)
                .toList();
        String last =
                lists.list(open, STUDIES / 2 - 1, 1, ANNA).entries().get(0).studyInstanceUid();
        assertThat(lists.following(order.get(0), ANNA)).contains(order.get(1));
        long start = System.nanoTime();
        assertThat(lists.following(last, ANNA)).contains(order.get(0));
        assertThat((System.nanoTime() - start) / 1e6).as("ms").isLessThan(5000);
        database.execute(
                "update worklist_entry set assigned_to = 'rosa', assigned_at = now() where study_instance_uid = '"
                        + order.get(1) + "'");
        database.execute("update worklist_entry set assigned_to = '"
                + ANNA.actor().name() + "', assigned_at = now() where study_instance_uid = '" + order.get(2) + "'");
        assertThat(lists.following(order.get(0), ANNA)).contains(order.get(2));
        assertThat(lists.following("1.2.3", ANNA)).as("not on the list").contains(order.get(0));
    }

    /** @param total -1 where it is some */
    private static void page(String what, WorklistFilter filter, int page, long total) {
        WorklistPage found = lists.list(filter, page, 50, ANNA);
        if (total < 0) {
            assertThat(found.total()).as(what).isPositive();
        } else {
            assertThat(found.total()).as(what).isEqualTo(total);
        }
        double[] times = new double[5];
        for (int round = 0; round < times.length; round++) {
            long start = System.nanoTime();
            lists.list(filter, page, 50, ANNA);
            times[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        System.out.printf("%-28s %7d studies %7.1f ms, worst %7.1f ms%n", what, found.total(), times[2], times[4]);
        assertThat(times[2]).as("ms for " + what).isLessThan(1000);
        assertThat(List.copyOf(found.entries()))
                .allMatch(entry -> entry.identity().patientName() != null);
    }
}
