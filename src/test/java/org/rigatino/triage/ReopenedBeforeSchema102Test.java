package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.TestDatabase;
import org.rigatino.persistence.WorklistEntry;

/** Why a study came back was an English phrase, and what was told of it others. */
@Slow
class ReopenedBeforeSchema102Test {
    private static final List<String> SAID = List.of(
            "opened again by adam, after anna had acknowledged it",
            "revision 2 raised it from UNJUDGED to HIGH, after anna had acknowledged it",
            "revision 3 is HIGH too, after o'neill, after all had acknowledged it",
            "revision 2 has images refused as unlike, after anna had acknowledged it",
            "revision 2 has images that could not be restored, after anna had acknowledged it",
            "revision 2 was refused by patient-identity, after anna had acknowledged it",
            "revision 12 failed at deliver, after anna b had acknowledged it",
            "escalated after it was acknowledged by anna",
            "revision 2 did what nobody knows, after anna had acknowledged it");

    private static String rows() {
        StringBuilder rows = new StringBuilder(
                "insert into study (id, study_instance_uid, revision, state, first_received_at,"
                        + " last_received_at, restored_at, ended_at, listed_outcome_at, listed_as) overriding system value values (1,"
                        + " '2.25.1', 1, 'CONFIRMED', now(), now(), now(), now(), now(), array['failed at restore', 'is HIGH too',"
                        + " 'has images refused as unlike', 'has images that could not be restored', 'was refused by unlike'])");
        for (int i = 0; i < SAID.size(); i++) {
            rows.append("; insert into worklist_entry (study_instance_uid, revision, state, priority, images_seen,"
                            + " images_restored, images_failed, waiting_since, listed_at, version, reopened_at, reopened_because)"
                            + " values ('2.25.")
                    .append(i)
                    .append("', 1, 'OPEN', 'LOW', 1, 1, 0, now(), now(), 0, now(), '")
                    .append(SAID.get(i).replace("'", "''"))
                    .append("')");
        }
        return rows.toString();
    }

    @Test
    void everyPhraseBecomesACodeThatSaysTheSame() throws Exception {
        TestDatabase earlier = TestDatabase.ofSchema("98");
        try (Connection owner = earlier.connect(DatabaseRole.OWNER)) {
            owner.createStatement().execute(rows());
        }
        try (DeliveryDatabase upgraded = new DeliveryDatabase(earlier.migrate())) {
            assertThat(upgraded.query("select unnest(listed_as) from study"))
                    .containsExactly("FAILED restore", "HIGH", "UNLIKE", "UNREAD", "REFUSED unlike");
            assertThat(upgraded.query(
                            "select concat_ws(' ', reopened_as, reopened_detail, reopened_revision, reopened_by,"
                                    + " reopened_after) from worklist_entry order by study_instance_uid"))
                    .containsExactly(
                            "BY_HAND adam anna",
                            "RAISED UNJUDGED HIGH 2 anna",
                            "HIGH 3 o'neill, after all",
                            "UNLIKE 2 anna",
                            "UNREAD 2 anna",
                            "REFUSED patient-identity 2 anna",
                            "FAILED deliver 12 anna b",
                            "ESCALATED anna",
                            "OTHER " + SAID.get(8));
            List<String> told = upgraded.inTransaction(() -> upgraded.entities()
                    .createQuery("from WorklistEntry order by studyInstanceUid", WorklistEntry.class)
                    .getResultStream()
                    .map(entry -> entry.reopening.text())
                    .toList());
            assertThat(told).isEqualTo(SAID);
        }
    }
}
