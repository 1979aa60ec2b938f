package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;
import picocli.CommandLine;

class AuditExportTest {
    private static final String FORMULA = "=cmd|' /C calc'!A0, \"quoted\"\r\nand a second line";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    private record Run(int exit, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION)) {
            AuditChain.append(
                    connection,
                    List.of(
                            new AuditTrail.Event(EventKind.STUDY_READY, "1.2.3", null, "revision 1"),
                            new AuditTrail.Event(EventKind.STUDY_REFUSED, "1.2.4", "revision 1", FORMULA),
                            new AuditTrail.Event(EventKind.STUDY_ACKNOWLEDGED, "1.2.3", "", "seen")
                                    .by("änna")
                                    .from("192.0.2.1"),
                            new AuditTrail.Event(EventKind.SIGN_IN, null, "'anna", "by password")));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl"})
    void whatWasExportedIsProvedByItsManifestAlone(String format) throws Exception {
        Path file = folder.resolve("trail." + format);
        assertThat(export("--out", file.toString(), "--format", format).exit()).isZero();
        Run verified = audit("verify", "--file", file.toString());
        assertThat(verified.err() + verified.out()).contains("chain intact");
        assertThat(verified.exit()).isZero();

        Files.writeString(file, Files.readString(file).replace("second line", "second lime"));
        Run changed = audit("verify", "--file", file.toString());
        assertThat(changed.out() + changed.err()).contains("row 2").contains("does not match its hash");
        assertThat(changed.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl"})
    void rowsCutOffAnExportAreMissed(String format) throws Exception {
        Path file = folder.resolve("trail." + format);
        assertThat(export("--out", file.toString(), "--format", format).exit()).isZero();
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
        Run cut = audit("verify", "--file", file.toString());
        assertThat(cut.out() + cut.err()).contains("cut off the end");
        assertThat(cut.exit()).isEqualTo(1);
    }

    /** An export is no shorter for what came after it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "SIGN_IN"})
    void anchorsOfRowsBehindAnExportAreNoCut(String kind) throws Exception {
        Path file = folder.resolve("aged.csv");
        List<String> options = new ArrayList<>(List.of("--out", file.toString()));
        if (!kind.isEmpty()) {
            options.addAll(List.of("--kind", kind));
        }
        assertThat(export(options.toArray(String[]::new)).exit()).isZero();
        AuditRow last;
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION)) {
            AuditChain.append(connection, List.of(new AuditTrail.Event(EventKind.STUDY_READY, "1.2.9", null, "later")));
            last = AuditChain.latest(connection, "true", List.of(), 1).get(0);
        }
        Path anchors = Files.writeString(folder.resolve("anchors.log"), last.anchor() + "\n");
        Run verified = audit("verify", "--file", file.toString(), "--anchors", anchors.toString());
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out())
                .contains("anchors know rows to " + last.id())
                .contains("of what lies behind it it says nothing")
                .doesNotContain("anchors heeded");
    }

    /** As a version wrote it that knew no versions of rows. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl"})
    void anExportWithoutVersionsIsProvedStill(String format) throws Exception {
        Path file = folder.resolve("old." + format);
        AuditRow row = new AuditRow(
                1, Instant.EPOCH, "STUDY_READY", "1.2.3", null, "seen", "anna", null, 1, AuditRow.GENESIS, null);
        AuditRow kept = new AuditRow(
                1,
                Instant.EPOCH,
                "STUDY_READY",
                "1.2.3",
                null,
                "seen",
                "anna",
                null,
                1,
                AuditRow.GENESIS,
                row.contentHash());
        StringWriter text = new StringWriter();
        ExportFormat.RowWriter writer = ExportFormat.named(format).writer(text);
        writer.write(kept);
        Files.writeString(
                file,
                text.toString()
                        .replace(",\"version\":1", "")
                        .replace(",\"version\"", "")
                        .replace(",\"1\",\"0000", ",\"0000"));
        assertThat(file).content().doesNotContain("version");
        Files.writeString(
                folder.resolve(file.getFileName() + ".manifest.json"),
                new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "file",
                                file.getFileName().toString(),
                                "format",
                                format,
                                "exportedAt",
                                "2026-01-01T00:00:00Z",
                                "exportedBy",
                                "anna",
                                "filter",
                                Map.of(),
                                "rows",
                                1,
                                "sha256",
                                DigestUtils.sha256Hex(Files.readAllBytes(file)),
                                "anchor",
                                kept.anchor())));
        Run verified = audit("verify", "--file", file.toString());
        assertThat(verified.err() + verified.out()).contains("chain intact");
        assertThat(verified.exit()).isZero();
    }

    @Test
    void filtersPickRows() throws Exception {
        assertThat(kinds("--study", "1.2.3", "--kind", "STUDY_READY,STUDY_REFUSED,STUDY_ACKNOWLEDGED"))
                .containsExactly("STUDY_READY", "STUDY_ACKNOWLEDGED");
        assertThat(kinds("--kind", "SIGN_IN,STUDY_REFUSED")).containsExactly("STUDY_REFUSED", "SIGN_IN");
        assertThat(kinds("--to", "2020-01-01")).isEmpty();
        assertThat(kinds("--from", "2020-01-01T00:00:00Z", "--study", "1.2.4", "--kind", "STUDY_REFUSED"))
                .containsExactly("STUDY_REFUSED");
    }

    private List<String> kinds(String... filter) throws Exception {
        Path file = Files.createTempDirectory(folder, "filtered").resolve("trail.jsonl");
        List<String> command = new ArrayList<>(List.of("--out", file.toString(), "--format", "jsonl"));
        command.addAll(Arrays.asList(filter));
        assertThat(export(command.toArray(String[]::new)).exit()).isZero();
        Run verified = audit("verify", "--file", file.toString());
        assertThat(verified.exit()).isZero();
        assertThat(verified.out()).contains("of a filtered export").doesNotContain("chain intact");
        List<String> kinds = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            kinds.add(new ObjectMapper().readTree(line).path("kind").asText());
        }
        return kinds;
    }

    @Test
    void anExportIsInTheTrail() throws Exception {
        Path file = folder.resolve("noted.csv");
        assertThat(export("--out", file.toString(), "--study", "1.2.4", "--kind", "STUDY_REFUSED")
                        .exit())
                .isZero();
        String sha256 = new ObjectMapper()
                .readTree(folder.resolve("noted.csv.manifest.json").toFile())
                .path("sha256")
                .asText();
        try (Connection connection = PostgresSchema.connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select study_instance_uid, detail, actor from audit_event"
                        + " where kind = 'AUDIT_EXPORTED' and subject = 'noted.csv'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("1.2.4");
            assertThat(row.getString(2)).startsWith("1 rows as csv").contains(sha256);
            assertThat(row.getString(3)).isEqualTo("os:" + System.getProperty("user.name"));
            assertThat(row.next()).isFalse();
            assertThat(AuditChain.verify(connection).intact()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--study, MEIER^ANNA",
        "--study, Meier",
        "--study, 1.02.3",
        "--study, 12345678",
        "--actor, MUELLER^EVA",
        "--actor, 'Müller, Eva'",
        "--actor, Eva Müller"
    })
    void aNameOfAPatientIsRefusedAndNotRecorded(String option, String value) throws Exception {
        Path file = folder.resolve("refused.csv");
        List<String> before = texts("select count(*)::text from audit_event");
        Run run = export("--out", file.toString(), option, value);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(option.substring(2)).contains("Nothing was read or recorded");
        assertThat(folder).isEmptyDirectory();
        assertThat(texts("select count(*)::text from audit_event")).isEqualTo(before);
    }

    /** A surname looks like a user's name, and a date of birth like a UID. */
    @ParameterizedTest
    @CsvSource({"--study, 1.2.1970, studyInstanceUid", "--actor, mueller, actor"})
    void whatStandsInNoRowIsAnsweredAndNotWrittenIntoOne(String option, String value, String told) throws Exception {
        Path file = folder.resolve("none-" + told + ".csv");
        assertThat(export("--out", file.toString(), option, value).exit()).isZero();
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(texts("select concat_ws(' ', study_instance_uid, detail) from audit_event where subject = '"
                        + file.getFileName() + "'"))
                .singleElement()
                .asString()
                .startsWith("0 rows as csv, {\"" + told + "\":\"of no row\"}")
                .doesNotContain(value);
    }

    /** By the owner, who takes the triggers away first. */
    @ParameterizedTest
    @ValueSource(strings = {"", "SIGN_IN"})
    void aTrailWhoseEndWasCutIsExportedAndToldOf(String kind) throws Exception {
        Path file = folder.resolve("cut.csv");
        List<String> options = new ArrayList<>(List.of("--out", file.toString()));
        if (!kind.isEmpty()) {
            options.addAll(List.of("--kind", kind));
        }
        tamper("create table elsewhere as select * from audit_event"
                + " where id = (select max(id) from audit_event);"
                + " delete from audit_event where id = (select max(id) from audit_event)");
        long cut = Long.parseLong(texts("select id::text from elsewhere").get(0));
        Run run = export(options.toArray(String[]::new));
        tamper("insert into audit_event select * from elsewhere; drop table elsewhere");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("row " + cut + " is broken: it is cut off the end: the head knows row " + cut);
        assertThat(file).exists();
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("cut.csv.manifest.json").toFile())
                        .path("problem")
                        .asText())
                .startsWith("row " + cut);
        assertThat(texts("select detail from audit_event order by id desc limit 1"))
                .singleElement()
                .asString()
                .endsWith("; the trail does not fit: row " + cut
                        + " is broken: it is cut off the end: the head knows row " + cut);
        Run verified = audit("verify", "--file", file.toString());
        assertThat(verified.out())
                .contains("the trail did not fit when this was exported: row " + cut
                        + " is broken: it is cut off the end");
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(export("--out", folder.resolve("whole.csv").toString()).exit())
                .isZero();
    }

    @Test
    void aChangedRowIsExportedAndToldOf() throws Exception {
        tamper("update audit_event set detail = detail || '!' where id = 1");
        Run run = export("--out", folder.resolve("changed.csv").toString());
        Run other = export("--out", folder.resolve("other.csv").toString(), "--kind", "SIGN_IN");
        tamper("update audit_event set detail = left(detail, -1) where id = 1");
        assertThat(run.err()).contains("row 1 is broken: its content does not match its hash");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("changed.csv"))).hasSizeGreaterThan(4);
        assertThat(other.exit())
                .as("the row is not among those that were asked for")
                .isZero();
    }

    private static void tamper(String sql) throws Exception {
        try (Connection connection = PostgresSchema.connect(postgres)) {
            connection
                    .createStatement()
                    .execute("alter table audit_event disable trigger user; " + sql
                            + "; alter table audit_event enable trigger user");
        }
    }

    private static List<String> texts(String query) throws Exception {
        List<String> texts = new ArrayList<>();
        try (Connection connection = PostgresSchema.connect(postgres);
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Programs for tables take a text that begins with one of = + - @ for a formula. */
    @Test
    void noTextOfACsvIsAFormula() throws Exception {
        Path file = folder.resolve("trail.csv");
        assertThat(export("--out", file.toString()).exit()).isZero();
        assertThat(Files.readString(file)).contains("\"'=cmd").doesNotContain("\"=");
    }

    @Test
    void whatCannotBeExportedIsSaid() throws Exception {
        Path file = folder.resolve("there.csv");
        Files.writeString(file, "of somebody else");
        assertThat(export("--out", file.toString()).err()).contains("is there already");
        assertThat(file).hasContent("of somebody else");
        Path other = folder.resolve("other.csv");
        assertThat(export("--out", other.toString(), "--from", "yesterday").err())
                .contains("neither a date");
        assertThat(export("--out", other.toString(), "--format", "xml").err()).contains("csv or jsonl");
        Run auditor =
                audit("export", "--out", other.toString(), "--url", PostgresSchema.url(postgres, DatabaseRole.AUDITOR));
        assertThat(auditor.err()).contains("export as rigatino_app");
        assertThat(auditor.exit()).isEqualTo(2);
        assertThat(other).doesNotExist();
        assertThat(audit("verify", "--file", other.toString()).exit()).isEqualTo(2);
    }

    private static Run export(String... options) {
        List<String> command =
                new ArrayList<>(List.of("export", "--url", PostgresSchema.url(postgres, DatabaseRole.APPLICATION)));
        command.addAll(Arrays.asList(options));
        return audit(command.toArray(String[]::new));
    }

    private static Run audit(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new AuditCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(command);
        return new Run(exit, out.toString(), err.toString());
    }
}
