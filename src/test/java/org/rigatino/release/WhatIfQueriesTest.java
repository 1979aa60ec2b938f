package org.rigatino.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.release.WhatIf.ChangedStudy;
import org.rigatino.release.WhatIf.Images;
import org.rigatino.release.WhatIf.Studies;

/** Of 200 studies and 30,000 of another release, on a real PostgreSQL. */
@Slow
class WhatIfQueriesTest {
    private static final String RELEASE = "d".repeat(64);

    private static DeliveryDatabase database;
    private static WhatIfQueries queries;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.bean(ReleaseRecord.class);
        queries = database.bean(WhatIfQueries.class);
        for (String digest : List.of("d", "e")) {
            database.execute(
                    "insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                            + " since) values (repeat('" + digest + "', 64), 'tiny', '" + digest
                            + "', '{\"modality\":[\"MR\"]}',"
                            + " 'SERVING', now())");
        }
        studies("e", 1001, 30_000);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** Study n of 200 has p-value n/200, a frame that scores n, and was received n hours ago; of false alarms 5 in 100. */
    @BeforeEach
    void judged() throws Exception {
        database.execute("delete from finding where instance_id <= 1000 or instance_id > 500000;"
                + " delete from instance where id <= 1000 or id > 500000; delete from study where id <= 1000");
        studies("d", 1, 200);
    }

    private static void studies(String digest, int first, int count) throws Exception {
        database.execute(String.format(
                """
                insert into study (id, study_instance_uid, revision, state, priority, percentile, p_value, normal_studies, beyond,
                  false_alarms, deciding_digest, images_seen, images_restored, first_received_at, last_received_at, restored_at)
                overriding system value
                select n, '1.2.41.' || n, 1, 'CONFIRMED', case when (n - %2$d) < 10 then 'HIGH' else 'LOW' end, 50,
                  least((n - %2$d + 1) / 200.0, 1), 199, 0, 0.05, repeat('%1$s', 64), 1, 1, now() - (n - %2$d) * interval '1 hour',
                  now(), now() from generate_series(%2$d, %3$d) n;
                insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid, transfer_syntax_uid,
                  modality, calling_ae_title, location, sha256, bytes, received_at, outcome) overriding system value
                select n, n, '1.2.41.' || n || '.1', '1.2', '1.2.41.' || n || '.2', '1.2',
                  case when n %% 10 = 0 then 'CT' else 'MR' end, case when n %% 2 = 0 then 'EVEN' else 'ODD' end, '', '', 0,
                  now(), 'RESTORED' from generate_series(%2$d, %3$d) n;
                insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,
                  configuration_digest, score, percentile, flagged, created_at)
                select n, n, 1, 'tiny', '%1$s', repeat('%1$s', 64), 'c', n - %2$d + 1, 50, n - %2$d >= 190, now()
                from generate_series(%2$d, %3$d) n""",
                digest, first, first + count - 1));
    }

    private static WhatIf ask(String alpha, String threshold, String modality, String sender, Long before) {
        return queries.ask(
                RELEASE,
                WhatIfChoice.of(
                        alpha, threshold, modality, null, null, sender, before == null ? null : before.toString()));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 0, 8", "5, 10, 0, 0", "10, 20, 10, 0", "99.9, 199, 189, 0"})
    void falseAlarmsThatAreSupposedFlagWhatTheyWouldHave(String alpha, long wouldBe, long added, long removed) {
        Studies studies = ask(alpha, null, null, null, null).studies();
        assertThat(studies.judged()).isEqualTo(200);
        assertThat(studies.more()).isFalse();
        assertThat(studies.flagged()).isEqualTo(10);
        assertThat(studies.wouldBe()).isEqualTo(wouldBe);
        assertThat(studies.added()).isEqualTo(added);
        assertThat(studies.removed()).isEqualTo(removed);
        assertThat(studies.changed()).hasSize((int) Math.min(added + removed, WhatIf.LISTED));
    }

    @Test
    void whichStudiesChangeIsListedPageByPage() {
        List<String> listed = new ArrayList<>();
        Long next = null;
        int pages = 0;
        do {
            Studies page = ask("50", null, null, null, next).studies();
            page.changed().stream().map(ChangedStudy::studyInstanceUid).forEach(listed::add);
            next = page.next();
            pages++;
        } while (next != null);
        assertThat(pages).isEqualTo(2);
        assertThat(listed).hasSize(90).doesNotHaveDuplicates().contains("1.2.41.11", "1.2.41.100");
    }

    @Test
    void whatAnotherReleaseSaysOfAStudyIsTold() throws Exception {
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) select 900000, 5, 1, 'tiny', 'e',"
                + " repeat('e', 64), 'c', 9, 99, true, created_at from finding where id = 5;"
                + " update study set priority = 'HIGH' where id = 50");
        Studies studies = ask("1", null, null, null, null).studies();
        assertThat(studies.highOtherwise()).isEqualTo(1);
        assertThat(studies.changed())
                .filteredOn(ChangedStudy::judgedByOthers)
                .extracting(ChangedStudy::studyInstanceUid)
                .containsExactly("1.2.41.5");
    }

    @Test
    void whatWasWithdrawnOrJudgedAgainCountsNoMore() throws Exception {
        database.execute("update study set superseded_at = now() where id = 1; update study set state = 'REFUSED',"
                + " refusal_rule = 'patient-identity' where id = 2");
        assertThat(ask("5", null, null, null, null).studies().flagged()).isEqualTo(8);
    }

    @Test
    void aSenderAndDaysNarrowItDown() {
        assertThat(ask("10", null, null, "EVEN", null).studies().judged()).isEqualTo(100);
        assertThat(ask("10", "100", null, "ODD", null).images().judged()).isEqualTo(100);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        WhatIf old = queries.ask(
                RELEASE, new WhatIfChoice(10.0, null, null, today.minusYears(1), today.minusDays(30), null, null));
        assertThat(old.studies().judged()).isZero();
        assertThat(old.studies().changed()).isEmpty();
        WhatIf all = queries.ask(RELEASE, new WhatIfChoice(10.0, null, null, today.minusDays(10), today, null, null));
        assertThat(all.studies().judged()).isEqualTo(200);
    }

    @Test
    void aThresholdFlagsOtherImages() {
        Images images = ask(null, "196", null, null, null).images();
        assertThat(images).isEqualTo(new Images(200, false, 10, 5, 0, 5, images.studies()));
        assertThat(images.studies())
                .containsExactly("1.2.41.195", "1.2.41.194", "1.2.41.193", "1.2.41.192", "1.2.41.191");
        assertThat(ask(null, "181", null, null, null).images().added()).isEqualTo(10);
    }

    @Test
    void aFrameThatAnotherJudgedSinceCountsNoMore() throws Exception {
        long before = ask(null, "196", null, null, null).images().judged();
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) select nextval('finding_id_seq') + 1000000,"
                + " instance_id, frame_number, 'other', '1', repeat('c', 64), repeat('0', 64), 1, 50, false,"
                + " created_at + interval '1 second' from finding order by id limit 1");
        assertThat(ask(null, "196", null, null, null).images().judged()).isEqualTo(before - 1);
    }

    @Test
    void ofEligibilityOnlyWhatTheRecordHoldsIsSaid() throws Exception {
        database.execute("insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome,"
                + " outcome_reason) overriding system value select 800000 + n, 1, '1.2.42.' || n, '1.2', '1.2.42', '1.2', 'CT',"
                + " 'EVEN', '', '', 0, now(), 'REFUSED', case when n = 3 then 'body-part' else 'image-size, modality' end"
                + " from generate_series(1, 3) n");
        WhatIf.OfModality only = ask(null, null, "CT, DX", null, null).modality();
        assertThat(only.judged()).isEqualTo(200);
        assertThat(only.out()).isEqualTo(180);
        assertThat(only.refused()).isEqualTo(2);
        assertThat(only.unknown())
                .contains("body-part", "orientation", "unlike")
                .doesNotContain("modality");
        assertThat(ask(null, null, "MR", null, null).modality().refused()).isZero();
    }

    @Test
    void whatCannotBeSupposedIsRefused() {
        assertThatThrownBy(() -> ask("0.1", null, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("199 normal studies cannot promise 0.1 false alarms in 100");
        for (String alpha : List.of("0", "100", "-1", "NaN", "five")) {
            assertThatThrownBy(() -> ask(alpha, null, null, null, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("falseAlarmsPer100");
        }
        assertThatThrownBy(() -> ask(null, null, "M R;", null, null)).hasMessageContaining("modality");
        assertThatThrownBy(() -> queries.ask("f".repeat(64), WhatIfChoice.of("5", null, null, null, null, null, null)))
                .isInstanceOf(NoSuchElementException.class);
    }

    /** Among 30,200 studies, findings and instances. */
    @Test
    void whatIsLookedAtIsFoundByIndexes() throws Exception {
        database.execute("analyze");
        String release = "'" + RELEASE + "'";
        assertThat(plan(WhatIfQueries.STUDIES, release))
                .contains("study_decided_by")
                .doesNotContain("Seq Scan on study");
        assertThat(plan(WhatIfQueries.IMAGES, release))
                .contains("finding_of_release")
                .doesNotContain("Seq Scan on finding");
        assertThat(plan(WhatIfQueries.REFUSED, release))
                .contains("instance_refused")
                .doesNotContain("Seq Scan on instance");
    }

    private static String plan(String from, String digest) throws Exception {
        String sql = from.replace(":digest", digest)
                .replace(":name", "'tiny'")
                .replace(":version", "'d'")
                .replace(":from", "timestamptz '2000-01-01'")
                .replace(":to", "timestamptz '9000-01-01'")
                .replace(":sender", "null")
                .replace(":most", "100001");
        return String.join("\n", database.query("explain select count(*)" + sql));
    }
}
