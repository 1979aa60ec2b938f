package org.rigatino.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rigatino.Slow;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;

/** What the auditor's views answer, of generated studies. */
@Slow
class AuditViewsTest {
    private static final AuditRowsOfStudies ROWS = new AuditRowsOfStudies(20_000, 24);
    private static final String STUDY = AuditRowsOfStudies.study(ROWS.someStudy());
    private static final String IMAGE = AuditRowsOfStudies.image(ROWS.someStudy());

    /** Id of its rows. */
    private static final long JOINED = ROWS.someStudy() + 1;

    private static final String JOINED_IMAGE = AuditRowsOfStudies.image(JOINED);
    private static final int FIRST_JOINED = 1_000_000;
    private static final String JOINED_AS_IN =
            "select encode(sha256(convert_to(string_agg(concat_ws(' ', i.sop_instance_uid, f.frame_number, i.sha256,"
                    + " coalesce(f.joined_with, 'alone')), E'\\n' order by i.sop_instance_uid collate \"C\", f.frame_number),"
                    + " 'UTF8')), 'hex') from output o join output_finding x on x.output_id = o.id"
                    + " join finding f on f.id = x.finding_id join instance i on i.id = f.instance_id"
                    + " where o.sop_instance_uid = 'OUTPUT_UID'";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static Connection auditor;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        try (Connection owner = PostgresSchema.connect(postgres)) {
            ROWS.generate(owner, step -> {});
            join(owner);
            try (Statement statement = owner.createStatement()) {
                statement.execute(
                        "update delivery set place = 'PACS at pacs:104' where output_id = " + ROWS.someStudy());
                statement.execute("update study set restored_at = null, ended_at = first_received_at + interval '3 h'"
                        + " where study_instance_uid = '2.25.150'");
            }
        }
        auditor = PostgresSchema.connect(postgres, DatabaseRole.AUDITOR);
    }

    /** Two slices more beside the only one of a study, the middle one judged twice, and a Segmentation of all three. */
    private static void join(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (int slice = 1; slice <= 2; slice++) {
                statement.execute(
                        "insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                                + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                                + " overriding system value select " + (FIRST_JOINED + slice)
                                + ", study_id, sop_instance_uid || '"
                                + slice
                                + "', sop_class_uid, series_instance_uid, transfer_syntax_uid, modality, calling_ae_title,"
                                + " location || '" + slice
                                + "', sha256, bytes, received_at, outcome from instance where id = "
                                + JOINED);
            }
            finding(statement, 1, JOINED_IMAGE + " 1, " + JOINED_IMAGE + "2 1");
            finding(statement, 2, JOINED_IMAGE + "1 1");
            finding(statement, 1, JOINED_IMAGE + "2 1");
            statement.execute("update finding set joined_with = '" + JOINED_IMAGE + "1 1' where id = " + JOINED);
            statement.execute(
                    "insert into output (id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid, location,"
                            + " sha256, bytes, created_at) select 1000000, study_id, 'SEGMENTATION', '2.25.9', sop_class_uid,"
                            + " '2.25.91', 'seg', sha256, bytes, created_at from output where id = " + JOINED);
            statement.execute("insert into output_finding select 1000000, id from finding where id in (" + JOINED
                    + ", 1000001, 1000002)");
        }
    }

    private static int joinedFindings;

    /** And its overlay. @param slice from 1 */
    private static void finding(Statement statement, int slice, String joinedWith) throws SQLException {
        int id = FIRST_JOINED + ++joinedFindings;
        statement.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at, joined_with) select " + id + ", "
                + (FIRST_JOINED + slice) + ", 1, model_name, model_version, model_digest, configuration_digest, score,"
                + " percentile, flagged, created_at, '" + joinedWith + "' from finding where id = " + JOINED);
        statement.execute(
                "insert into output (id, finding_id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " location, sha256, bytes, created_at) select " + id + ", " + id
                        + ", study_id, kind, '2.25.8' || " + joinedFindings
                        + ", sop_class_uid, series_instance_uid, sop_instance_uid || '.' || " + id
                        + ", sha256, bytes, created_at from output where id = " + JOINED);
    }

    @AfterAll
    static void stop() throws Exception {
        auditor.close();
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachUsualQuestionIsAnsweredByItsIndex(AuditQuestion question) throws Exception {
        AuditQuestion.Answer answer = question.ask(auditor, ROWS, 1);
        assertThat(answer.rows()).isPositive();
        assertThat(answer.indexed()).isTrue();
    }

    @Test
    void theOutputsOfAnImageAreNamedWithWhereTheyAre() throws Exception {
        assertThat(rows("select output_uid, model_name, model_version, destination, state, place from image_output"
                        + " where image_uid = '" + IMAGE + "'"))
                .containsExactly("2.25.4" + ROWS.someStudy() + "|brain-flair|2|pacs|CONFIRMED|PACS at pacs:104");
        assertThat(rows("select image_uid from release_output where study_instance_uid = '" + STUDY + "'"))
                .containsExactly(IMAGE);
    }

    /** One that was judged otherwise, without it, is none of it, nor is one of whose UID its own is the beginning. */
    @Test
    void theOutputsOfSlicesBesideAnImageAreNamedToo() throws Exception {
        String question = "select output_uid, joined, joined_with from image_output where image_uid = '";
        assertThat(rows(question + JOINED_IMAGE + "' order by output_uid collate \"C\""))
                .containsExactly(
                        "2.25.4" + JOINED + "|f|" + JOINED_IMAGE + "1 1",
                        "2.25.81|t|" + JOINED_IMAGE + " 1, " + JOINED_IMAGE + "2 1",
                        "2.25.9|f|" + JOINED_IMAGE + "1 1");
        assertThat(rows(question + JOINED_IMAGE + "2' order by output_uid collate \"C\""))
                .extracting(row -> row.substring(0, row.indexOf('|', row.indexOf('|') + 1)))
                .containsExactly("2.25.81|t", "2.25.82|f", "2.25.83|t", "2.25.9|f");
    }

    @Test
    void whatWasJoinedOtherwiseIsAnotherRowOfItsRelease() throws Exception {
        assertThat(rows("select frame_number, score, joined_with from release_output where image_uid = '" + JOINED_IMAGE
                        + "1' and kind = 'SECONDARY_CAPTURE'"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    /** As docs/audit.md asks. */
    @Test
    void whatASeriesObjectWasJoinedOfIsComputedFromTheRecord() throws Exception {
        assertThat(rows(JOINED_AS_IN.replace("OUTPUT_UID", "2.25.9")))
                .containsExactly(DigestUtils.sha256Hex(String.join(
                        "\n",
                        JOINED_IMAGE + " 1 " + DigestUtils.sha256Hex("image" + JOINED) + " " + JOINED_IMAGE + "1 1",
                        JOINED_IMAGE + "1 1 " + DigestUtils.sha256Hex("image" + JOINED) + " " + JOINED_IMAGE + " 1, "
                                + JOINED_IMAGE + "2 1",
                        JOINED_IMAGE + "2 1 " + DigestUtils.sha256Hex("image" + JOINED) + " " + JOINED_IMAGE + "1 1")));
    }

    @Test
    void whoSawAStudyIsNamedInOrder() throws Exception {
        String who = "radiologist" + ROWS.someStudy() % 40 + "|192.0.2.17";
        assertThat(rows("select kind, actor, address from study_access where study_instance_uid = '" + STUDY
                        + "' order by occurred_at"))
                .containsExactly("STUDY_VIEWED|" + who, "STUDY_ACKNOWLEDGED|" + who);
    }

    @Test
    void stagesAddUpToTheWhole() throws Exception {
        assertThat(rows("select completion, restoration, delivery, confirmation from study_wait"
                        + " where study_instance_uid = '" + STUDY + "'"))
                .containsExactly("00:01:00|00:00:08|00:00:04|00:00:18");
        assertThat(rows("select count(*) from study_wait where state = 'CONFIRMED' and whole is distinct from"
                        + " receiving + completion + queue + restoration + delivery + confirmation"))
                .containsExactly("0");
    }

    @Test
    void everyImageIsInOneWeekOfItsRelease() throws Exception {
        assertThat(rows("select sum(images), sum(flagged) from score_by_week"))
                .isEqualTo(rows("select count(*), count(*) filter (where flagged) from finding"));
    }

    @Test
    void whatWasRefusedHasItsReason() throws Exception {
        assertThat(rows("select kind, study_instance_uid, reason from refusal where study_instance_uid = '2.25.150'"
                        + " order by kind"))
                .containsExactly(
                        "IMAGE_NOT_RESTORED|2.25.150|MODALITY",
                        "STUDY_REFUSED|2.25.150|MODALITY: no release restores this modality");
    }

    @Test
    void anImageIsRefusedWhenItsStudyIsJudged() throws Exception {
        assertThat(rows(
                        "select r.occurred_at - s.first_received_at from refusal r join study s using (study_instance_uid)"
                                + " where study_instance_uid = '2.25.150' and kind = 'IMAGE_NOT_RESTORED'"))
                .containsExactly("03:00:00");
    }

    /** A view goes by the rights of its owner, who may insert. */
    @Test
    void theApplicationWritesThroughNoView() throws Exception {
        try (Connection application = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION);
                Statement statement = application.createStatement()) {
            for (String change : List.of(
                    "update study_access set detail = 'another'",
                    "delete from study_access",
                    "update study_wait set state = 'READY'")) {
                assertThatThrownBy(() -> statement.execute(change))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    private static List<String> rows(String question) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = auditor.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
