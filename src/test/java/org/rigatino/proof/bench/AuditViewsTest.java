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

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static Connection auditor;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        try (Connection owner = PostgresSchema.connect(postgres)) {
            ROWS.generate(owner, step -> {});
        }
        auditor = PostgresSchema.connect(postgres, DatabaseRole.AUDITOR);
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
        assertThat(rows("select output_uid, model_name, model_version, destination, state from image_output"
                        + " where image_uid = '" + IMAGE + "'"))
                .containsExactly("2.25.4" + ROWS.someStudy() + "|brain-flair|2|pacs|CONFIRMED");
        assertThat(rows("select image_uid from release_output where study_instance_uid = '" + STUDY + "'"))
                .containsExactly(IMAGE);
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
