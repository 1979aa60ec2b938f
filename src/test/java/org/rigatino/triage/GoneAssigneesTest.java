package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study that is with somebody who does not read the list any more would wait unseen. */
class GoneAssigneesTest extends WorklistDatabase {
    private static final String STUDY = "2.25.811";

    @BeforeEach
    void withRosa() throws Exception {
        database.execute("delete from app_user; insert into app_user (name, roles, password_hash, created_at) values"
                + " ('rosa', '{radiologist}', 'x', now()), ('anna', '{radiologist}', 'x', now())");
        if (lists.find(STUDY, READER).isEmpty()) {
            new JudgedStudy(database.dataSource(), STUDY).judged(1, "HIGH", 99, Duration.ofMinutes(1));
            record.unlisted(100).forEach(record::list);
        }
        database.execute("update worklist_entry set assigned_to = 'rosa', assigned_at = now()");
    }

    @Test
    void whatIsWithWhoReadsTheListIsTheirs() {
        assertThat(lists.following("2.25.1", READER)).isEmpty();
        assertThat(lists.find(STUDY, READER).orElseThrow().assigneeGone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update app_user set disabled_at = now() where name = 'rosa'",
                "delete from app_user where name = 'rosa'",
                "update app_user set roles = '{auditor}' where name = 'rosa'"
            })
    void whatIsWithWhoIsGoneIsOfferedToOthersAndToldOnTheRow(String change) throws Exception {
        database.execute(change);
        assertThat(lists.following("2.25.1", READER)).contains(STUDY);
        assertThat(lists.find(STUDY, READER).orElseThrow().assigneeGone()).isTrue();
    }

    /** Everybody is who they say they are: nothing is known of anyone. */
    @Test
    void whereThereAreNoUsersNobodyIsGone() throws Exception {
        database.execute("delete from app_user");
        assertThat(lists.following("2.25.1", READER)).isEmpty();
        assertThat(lists.find(STUDY, READER).orElseThrow().assigneeGone()).isFalse();
    }
}
