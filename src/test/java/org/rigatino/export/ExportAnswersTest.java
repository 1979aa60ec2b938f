package org.rigatino.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Rigatino;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;
import org.rigatino.identity.NobodysRecord;
import org.rigatino.learn.train.Manifest;
import org.rigatino.patient.NobodysValues;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;
import picocli.CommandLine;

/** The command, on a real PostgreSQL as its role, over real DICOM files; and {@code evaluate} on what it writes. */
@Slow
class ExportAnswersTest {
    private static final int SIDE = 32;
    private static final String STORE = "rigatino.ingest.store";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    private Path store;
    private final Random random = new Random(75);
    private int images;

    private record Outcome(int status, String out, String error) {}

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() throws Exception {
        execute("delete from answer_comment; delete from answer; delete from finding; delete from instance;"
                + " delete from study; delete from study_identity");
        nobodys(NobodysValues.of(ConfigProvider.getConfig()));
        store = Files.createDirectory(folder.resolve("store"));
        System.setProperty(STORE, store.toString());
    }

    @AfterEach
    void leave() {
        System.clearProperty(STORE);
    }

    private static void nobodys(NobodysValues values) throws SQLException {
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION)) {
            connection.setAutoCommit(false);
            NobodysRecord.write(connection, values);
            connection.commit();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = PostgresSchema.connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = PostgresSchema.connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private Outcome export(String... more) {
        List<String> arguments = new ArrayList<>(List.of("export-answers", "--url"));
        arguments.add(PostgresSchema.url(postgres, DatabaseRole.EXPORTER));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private static Outcome run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        int status = new CommandLine(new Rigatino())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(error))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments.toArray(String[]::new));
        return new Outcome(status, out.toString(), error.toString());
    }

    private Dataset image(String patient, String sop) {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (100 + random.nextInt(900));
        }
        return new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, sop)
                .put(Tag.StudyInstanceUID, sop + ".1")
                .put(Tag.SeriesInstanceUID, sop + ".2")
                .put(Tag.PatientID, patient)
                .put(Tag.PatientName, "SECRET^" + patient)
                .put(Tag.StudyDate, "20261101")
                .put(Tag.Modality, "MR")
                .put(Tag.ImageType, "ORIGINAL\\PRIMARY\\OTHER")
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, SIDE)
                .put(Tag.Columns, SIDE)
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 0)
                .putPixels(pixels);
    }

    /** A judged image of a finished study of its own, answered; the answer's number. */
    private long answered(String patient, boolean flagged, String verdict, String reason) throws Exception {
        String sop = "2.25.75" + ++images;
        return answered(patient, image(patient, sop), flagged, verdict, reason);
    }

    private long answered(String patient, Dataset image, boolean flagged, String verdict, String reason)
            throws Exception {
        String sop = image.require(Tag.SOPInstanceUID);
        byte[] bytes = image.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST");
        Files.write(store.resolve(sop), bytes);
        String study = sop + ".1";
        execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at, ended_at)"
                + " values ('" + study + "', 1, 'CONFIRMED', now(), now(), '2026-11-20T12:00:00Z');"
                + " insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid, transfer_syntax_uid,"
                + " calling_ae_title, location, sha256, bytes, received_at, outcome) select id, '" + sop
                + "', '1', '1', '1',"
                + " 'CT1', '" + sop + "', '" + DigestUtils.sha256Hex(bytes) + "', 1, now(), 'RESTORED' from study"
                + " where study_instance_uid = '" + study + "'; insert into study_identity (study_instance_uid, state,"
                + " changed_at, patient_id, patient_name, words) values ('" + study + "', 'RECORDED', now(), '"
                + patient
                + "', 'SECRET', '')");
        return judged(sop, "1", flagged, verdict, reason);
    }

    private static long judged(String sop, String version, boolean flagged, String verdict, String reason)
            throws Exception {
        execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) select nextval('finding_id_seq'), id, 1,"
                + " 'brain', '" + version + "', 'd" + version + "', 'c', 1, 50, " + flagged
                + ", now() from instance where sop_instance_uid = '" + sop + "'");
        String place = verdict.equals("MISSED") ? "1, 1" : "null, null";
        execute(
                "insert into answer (finding_id, study_instance_uid, verdict, reason, place_column, place_row, answered_by,"
                        + " answered_at) select max(id), '" + sop + ".1', '" + verdict + "', "
                        + (reason == null ? "null" : "'" + reason + "'") + ", " + place
                        + ", 'dr.secret', now() from finding");
        return Long.parseLong(query("select max(id) from answer").get(0));
    }

    private static Map<String, Manifest.Entry> byFile(Path exported) throws IOException {
        Map<String, Manifest.Entry> entries = new HashMap<>();
        Manifest.read(exported).entries().forEach(entry -> entries.put(entry.file(), entry));
        return entries;
    }

    @ParameterizedTest
    @CsvSource({
        "true, AGREE, , abnormal",
        "false, AGREE, , normal",
        "true, DISAGREE, , ",
        "true, DISAGREE, NORMAL_VARIANT, normal",
        "true, DISAGREE, MOTION, normal",
        "false, DISAGREE, ARTIFACT, ",
        "true, DISAGREE, ARTIFACT, normal",
        "true, DISAGREE, OTHER, ",
        "true, DISAGREE, WRONG_PLACE_OR_EXTENT, ",
        "true, DISAGREE, KNOWN_LESION, ",
        "true, DISAGREE, POST_OPERATIVE, ",
        "true, DISAGREE, NOT_RELEVANT, ",
        "false, DISAGREE, , abnormal",
        "false, DISAGREE, KNOWN_LESION, abnormal",
        "false, MISSED, , abnormal",
        "true, UNSURE, , ",
        "false, UNSURE, OTHER, "
    })
    void whatIsSaidIsTheLabel(boolean flagged, String verdict, String reason, String label) throws Exception {
        long answer = answered("4711", flagged, verdict, reason);
        Outcome outcome = export("--out", folder.resolve("out").toString());
        if (label == null) {
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.out()).startsWith("left out: 1 answers ").contains(": " + answer);
            assertThat(folder.resolve("out")).doesNotExist();
        } else {
            assertThat(outcome.status()).as(outcome.error() + outcome.out()).isZero();
            Manifest.Entry entry =
                    byFile(folder.resolve("out")).values().iterator().next();
            assertThat(entry.abnormal()).isEqualTo(label.equals("abnormal"));
            assertThat(folder.resolve("out").resolve(entry.file())).exists();
        }
    }

    @Test
    void nothingOfWhoseItIsGetsOutAndAPatientKeepsOneKeyInOneExportAlone() throws Exception {
        List<String> patients = List.of("SECRET-1", "SECRET-1", "SECRET-2", "SECRET-3", "SECRET-4", "SECRET-5");
        for (String patient : patients) {
            answered(patient, false, "AGREE", null);
        }
        answered("SECRET-1", true, "AGREE", null);
        Set<String> keys = new HashSet<>();
        for (int run = 0; run < 12; run++) {
            Path out = folder.resolve("out" + run);
            assertThat(export("--out", out.toString()).status()).isZero();
            Map<String, List<Manifest.Entry>> byPatient =
                    Manifest.read(out).entries().stream().collect(Collectors.groupingBy(Manifest.Entry::patient));
            assertThat(byPatient.values().stream().map(List::size)).containsExactlyInAnyOrder(3, 1, 1, 1, 1);
            List<Manifest.Entry> first = byPatient.values().stream()
                    .filter(entries -> entries.size() == 3)
                    .findFirst()
                    .orElseThrow();
            assertThat(first).allMatch(entry -> entry.split().equals("dev_test"));
            keys.add(first.get(0).patient());
            byPatient.values().forEach(entries -> assertThat(
                            entries.stream().map(Manifest.Entry::split).distinct())
                    .hasSize(1));
            try (Stream<Path> files = Files.walk(out)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    assertThat(out.relativize(file) + bytes)
                            .doesNotContain(
                                    "SECRET", "secret", "2.25.75", "20261101", "2026-11", "tEXt", "tIME", "CT1");
                }
            }
        }
        assertThat(keys).as("another in other exports").hasSizeGreaterThan(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out0"))))
                .isEqualTo("rwx------");
    }

    @Test
    void whatCannotGoOutIsCountedAndNamedByNumber() throws Exception {
        long good = answered("1", false, "AGREE", null);
        long gone = answered("2", false, "AGREE", null);
        Files.delete(store.resolve("2.25.75" + images));
        long changed = answered("3", false, "AGREE", null);
        Files.write(store.resolve("2.25.75" + images), new byte[] {1});
        long burned = answered("4", image("4", "2.25.7501").put(Tag.BurnedInAnnotation, "YES"), false, "AGREE", null);
        Dataset capture = image("5", "2.25.7502").put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7");
        long captured = answered("5", capture, false, "AGREE", null);
        long face =
                answered("6", image("6", "2.25.7503").put(Tag.RecognizableVisualFeatures, "YES"), false, "AGREE", null);
        long torn = answered("7", image("7", "2.25.7504").put(Tag.Rows, SIDE * 2), false, "AGREE", null);
        long deleted = answered("8", false, "AGREE", null);
        execute("update study_identity set state = 'DELETED', patient_id = '' where patient_id = '8'");
        long nobody = answered("", false, "AGREE", null);
        long one = answered("9", image("9", "2.25.7505"), true, "AGREE", null);
        long other = judged("2.25.7505", "2", true, "DISAGREE", "ARTIFACT");
        long revised = answered("10", false, "AGREE", null);
        execute("insert into answer (finding_id, study_instance_uid, verdict, answered_by, answered_at, revises)"
                + " select finding_id, study_instance_uid, 'WITHDRAWN', 'x', now(), id from answer where id = "
                + revised);
        Outcome outcome = export("--out", folder.resolve("out").toString());
        assertThat(outcome.status()).as(outcome.error() + outcome.out()).isZero();
        assertThat(outcome.out().lines().toList())
                .contains(
                        "left out: 2 answers contradict another answer about the same image: " + one + ", " + other,
                        "left out: 2 answers are of studies of which it is not recorded, or in doubt, whose they are: "
                                + deleted + ", " + nobody,
                        "left out: 1 answers are about images whose file is not kept: " + gone,
                        "left out: 1 answers are about images whose file is not the one that was received: " + changed,
                        "left out: 3 answers are about images that may show in their pixels whose they are: " + burned
                                + ", " + captured + ", " + face,
                        "left out: 1 answers are about images whose pixels cannot be read: " + torn);
        assertThat(Manifest.read(folder.resolve("out")).entries()).hasSize(1);
        assertThat(good).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        // one release, the other | label of an image of the first; of the second
        "true, AGREE, , true, UNSURE, , , ",
        "true, AGREE, , false, AGREE, , , ",
        "false, AGREE, , true, DISAGREE, KNOWN_LESION, , ",
        "false, AGREE, , true, AGREE, , , ",
        "false, AGREE, , true, DISAGREE, , , ",
        "false, AGREE, , true, DISAGREE, OTHER, , ",
        "true, DISAGREE, ARTIFACT, false, MISSED, , , ",
        "true, AGREE, , true, DISAGREE, WRONG_PLACE_OR_EXTENT, abnormal, abnormal",
        "true, DISAGREE, NORMAL_VARIANT, false, AGREE, , normal, normal"
    })
    void whatIsSaidToAnotherReleaseCountsToo(
            boolean flagged,
            String verdict,
            String reason,
            boolean otherFlagged,
            String otherVerdict,
            String otherReason,
            String label,
            String otherLabel)
            throws Exception {
        answered("4711", image("4711", "2.25.7501"), flagged, verdict, reason);
        judged("2.25.7501", "2", otherFlagged, otherVerdict, otherReason);
        for (String release : List.of("1", "2")) {
            Path out = folder.resolve("out" + release);
            Outcome outcome = export("--out", out.toString(), "--release", "brain/" + release);
            String wanted = release.equals("1") ? label : otherLabel;
            assertThat(outcome.status()).as(outcome.error() + outcome.out()).isEqualTo(wanted == null ? 1 : 0);
            if (wanted == null) {
                assertThat(outcome.out()).startsWith("left out: 2 answers ");
            } else {
                assertThat(byFile(out).values())
                        .singleElement()
                        .matches(entry -> entry.abnormal() == wanted.equals("abnormal"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.840.10008.5.1.4.1.1.4 | ORIGINAL\\PRIMARY | | 0",
                "1.2.840.10008.5.1.4.1.1.2 | ORIGINAL\\PRIMARY\\AXIAL | | 0",
                "1.2.840.10008.5.1.4.1.1.2 | ORIGINAL\\PRIMARY\\LOCALIZER | | 1",
                "1.2.840.10008.5.1.4.1.1.2 | DERIVED\\PRIMARY | | 1",
                "1.2.840.10008.5.1.4.1.1.2 | ORIGINAL\\SECONDARY | | 1",
                "1.2.840.10008.5.1.4.1.1.2 | DERIVED\\SECONDARY\\SCREEN SAVE | | 1",
                "1.2.840.10008.5.1.4.1.1.2 | ORIGINAL\\PRIMARY\\SCREEN SAVE | | 1",
                "1.2.840.10008.5.1.4.1.1.4 | | | 1",
                "1.2.840.10008.5.1.4.1.1.1 | ORIGINAL\\PRIMARY | | 1",
                "1.2.840.10008.5.1.4.1.1.1.1 | ORIGINAL\\PRIMARY | | 1",
                "1.2.840.10008.5.1.4.1.1.1.1 | ORIGINAL\\PRIMARY | NO | 0",
                "1.2.840.10008.5.1.4.1.1.4 | ORIGINAL\\PRIMARY | YES | 1",
                "1.2.840.10008.5.1.4.1.1.7 | DERIVED\\SECONDARY | | 1"
            })
    void whatMayShowTextIsLeftOut(String sopClass, String type, String burnedIn, int status) throws Exception {
        Dataset image =
                image("4711", "2.25.7501").put(Tag.SOPClassUID, sopClass).put(Tag.ImageType, type == null ? "" : type);
        if (burnedIn != null) {
            image.put(Tag.BurnedInAnnotation, burnedIn);
        }
        answered("4711", image, false, "AGREE", null);
        Outcome outcome = export("--out", folder.resolve("out").toString());
        assertThat(outcome.status()).as(outcome.error() + outcome.out()).isEqualTo(status);
        assertThat(outcome.out())
                .startsWith(status == 0 ? folder.toString() : "left out: 1 answers are about images that may");
    }

    /** A picture does not say how it lies: models are taught and measured on it in the direction in which they see it. */
    @ParameterizedTest
    @CsvSource({
        "-1\\0\\0\\0\\1\\0, true, false, false",
        "1\\0\\0\\0\\-1\\0, false, true, false",
        "0\\1\\0\\1\\0\\0, false, false, true",
    })
    void aPictureLiesAsModelsSeeIt(String orientation, boolean mirrored, boolean upsideDown, boolean transposed)
            throws Exception {
        int rows = 24;
        short[] upright = new short[rows * SIDE];
        for (int i = 0; i < upright.length; i++) {
            upright[i] = (short) (100 + random.nextInt(900));
        }
        short[] stored = new short[upright.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < SIDE; column++) {
                int atRow = upsideDown ? rows - 1 - row : row;
                int atColumn = mirrored ? SIDE - 1 - column : column;
                stored[transposed ? column * rows + row : atRow * SIDE + atColumn] = upright[row * SIDE + column];
            }
        }
        String[] cosines = {"1\\0\\0\\0\\1\\0", orientation};
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Dataset image = image("4711", "2.25.760" + i)
                    .put(Tag.Rows, i == 1 && transposed ? SIDE : rows)
                    .put(Tag.Columns, i == 1 && transposed ? rows : SIDE)
                    .put(Tag.ImageOrientationPatient, cosines[i].split("\\\\"))
                    .put(Tag.ImagePositionPatient, "0", "0", "0")
                    .put(Tag.PixelSpacing, "1", "1")
                    .put(Tag.FrameOfReferenceUID, "2.25.99")
                    .putPixels(i == 0 ? upright : stored);
            answered("4711", image, false, "AGREE", null);
            Path out = folder.resolve("out" + i);
            assertThat(export("--out", out.toString()).status()).isZero();
            Manifest.Entry entry = byFile(out).values().iterator().next();
            pictures.add(Files.readAllBytes(out.resolve(entry.file())));
            execute("delete from answer; delete from finding");
        }
        assertThat(pictures.get(1)).isEqualTo(pictures.get(0));
    }

    @Test
    void whatASiteSaysIsNobodysIsLeftOutAndSoIsAllWhereNothingWasSaid() throws Exception {
        answered("anoniem ", false, "AGREE", null);
        answered("4711", false, "AGREE", null);
        assertThat(export("--out", folder.resolve("before").toString()).out()).doesNotContain("nobody's");
        nobodys(new NobodysValues(Set.of("Anoniem"), Set.of(), Set.of()));
        assertThat(export("--out", folder.resolve("out").toString()).out())
                .contains("left out: 1 answers are of studies");
        nobodys(new NobodysValues(Set.of(), Set.of(), Set.of()));
        assertThat(export("--out", folder.resolve("none").toString()).out())
                .contains("left out: 2 answers are of studies");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** An ID under several issuers may be of one patient; one with two names or birth dates is of several. */
    @Test
    void anIdIsInOneSplitAndOneOfSeveralPatientsInNone() throws Exception {
        answered("4711", false, "AGREE", null);
        answered("4711", true, "AGREE", null);
        execute("update study_identity set issuer_of_patient_id = 'I' || study_instance_uid");
        List<Long> out = new ArrayList<>();
        for (String id : List.of("0", "000", "Anon", "twoNames", "twoNames", "twoDays", "twoDays")) {
            out.add(answered(id, false, "AGREE", null));
        }
        execute("update study_identity set patient_name = study_instance_uid where patient_id = 'twoNames';"
                + " update study_identity set patient_birth_date = study_instance_uid where patient_id = 'twoDays'");
        out.add(answered("named", false, "AGREE", null));
        out.add(answered("born", false, "AGREE", null));
        execute("update study_identity set patient_name = 'Unknown^Unknown' where patient_id = 'named';"
                + " update study_identity set patient_birth_date = '19000101' where patient_id = 'born'");
        Outcome outcome = export("--out", folder.resolve("out").toString());
        assertThat(outcome.status()).as(outcome.error() + outcome.out()).isZero();
        assertThat(outcome.out())
                .contains(
                        "left out: 9 answers are of studies whose Patient ID, name or birth date is nobody's, or of several patients: "
                                + out.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        assertThat(byFile(folder.resolve("out")).values())
                .hasSize(2)
                .allMatch(entry -> entry.split().equals("dev_test"))
                .extracting(Manifest.Entry::patient)
                .containsOnly("p00001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "loop", "below a file", "no store"})
    void aStoreThatCannotBeReadMakesNoFolder(String fault) throws Exception {
        answered("1", false, "AGREE", null);
        answered("2", false, "AGREE", null);
        Path file = store.resolve("2.25.75" + images);
        Files.delete(file);
        switch (fault) {
            case "folder" -> Files.createDirectory(file);
            case "loop" -> Files.createSymbolicLink(file, file);
            case "below a file" ->
                execute("update instance set location = '2.25.751/x' where sop_instance_uid = '2.25.75" + images + "'");
            default -> System.setProperty(STORE, folder.resolve("unmounted").toString());
        }
        int before = query("select id from audit_event").size();
        Outcome outcome = export("--out", folder.resolve("out").toString());
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.error()).contains("a file cannot be used: ");
        assertThat(folder.toFile().list()).containsExactly("store");
        assertThat(query("select id from audit_event")).hasSize(before);
    }

    /** Whose pictures are whose is drawn inside of the database, by a secret that is kept nowhere. */
    @Test
    void theExportersFunctionsTakeNoGuesses() throws Exception {
        assertThat(
                        query(
                                "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace"
                                        + " and has_function_privilege('rigatino_exporter', p.oid, 'execute') and p.prosecdef order by 1"))
                .containsExactly(
                        "answered_images()",
                        "append_answers_exported(bigint,timestamp with time zone,text,text,text,smallint,text,text)");
        assertThat(query("select table_name || ' ' || privilege_type from information_schema.role_table_grants where"
                        + " grantee = 'rigatino_exporter' order by 1"))
                .containsExactly("audit_head SELECT", "flyway_schema_history SELECT");
    }

    @Test
    void theTrailHasWhoExportedHowManyAndWithWhichFilter() throws Exception {
        answered("1", true, "AGREE", null);
        answered("2", true, "UNSURE", null);
        Outcome outcome =
                export("--out", folder.resolve("out").toString(), "--release", "brain/1", "--to", "2026-11-21");
        assertThat(outcome.status()).as(outcome.error() + outcome.out()).isZero();
        String sha256 = DigestUtils.sha256Hex(Files.readAllBytes(folder.resolve("out/manifest.csv")));
        assertThat(query("select actor || ': ' || detail from audit_event where kind = 'ANSWERS_EXPORTED'"
                        + " order by id desc limit 1"))
                .containsExactly("os:" + System.getProperty("user.name")
                        + ": 1 images of 1 patients, 1 abnormal, 0 patients to learn from; manifest sha256 " + sha256
                        + "; release brain/1, finished from any day to before 2026-11-21; answers left out {UNSURE=1}");
        assertThat(run(List.of("audit", "verify", "--url", PostgresSchema.url(postgres, DatabaseRole.AUDITOR)))
                        .status())
                .isZero();
        int before = query("select id from audit_event").size();
        assertThat(export("--out", folder.resolve("none").toString(), "--release", "brain/9")
                        .status())
                .isEqualTo(1);
        assertThat(export("--out", folder.resolve("none").toString(), "--to", "2026-11-20")
                        .status())
                .isEqualTo(1);
        assertThat(query("select id from audit_event")).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--from=yesterday", "--release=brain", "--train-share=2", "--from=2026-11-21 --to=2026-11-21"})
    void whatCannotBeMeantIsRefused(String options) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("--out", folder.resolve("out").toString()));
        all.addAll(List.of(options.split(" ")));
        Outcome outcome = export(all.toArray(String[]::new));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.error())
                .contains(options.split(" ")[options.split(" ").length - 1].split("=")[0]);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFolderThatIsNotEmptyIsLeftAloneAndWhatFailsLeavesNothing() throws Exception {
        answered("1", true, "AGREE", null);
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("mine.txt"), "mine");
        Outcome refused = export("--out", full.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.error()).contains("is there and not empty");
        assertThat(full.toFile().list()).containsExactly("mine.txt");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(export("--out", empty.toString()).status()).isZero();
        assertThat(Manifest.read(empty).entries()).hasSize(1);

        AnswerFolder failing = new AnswerFolder(folder.resolve("failing"), store, 0.5, new LeftOut());
        List<Chosen> chosen;
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.EXPORTER)) {
            chosen = Chosen.of(AnsweredFrames.read(connection), ExportFilter.of(null, null, null), new LeftOut());
        }
        assertThatThrownBy(() -> failing.write(chosen, made -> {
                    throw new SQLException("the trail takes nothing");
                }))
                .isInstanceOf(SQLException.class);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("store", "full", "empty");
    }

    /** Least privilege: neither names nor who answered, and nothing is changed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from study_identity",
                "select * from identity_statement",
                "select * from answer",
                "select * from answer_comment",
                "select * from finding",
                "select * from instance",
                "select * from study",
                "select * from audit_event",
                "select * from app_user",
                "insert into audit_event (id, occurred_at, kind, previous_hash, hash) values (1, now(), 'STUDY_VIEWED', '', '')",
                "select nobodys_word('1')",
                "update audit_head set id = 0",
                "create table of_its_own (id int)"
            })
    void theExporterIsRefusedWhatItDoesNotNeed(String sql) {
        assertThatThrownBy(() -> {
                    try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.EXPORTER);
                            Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void anotherRoleMayNotExport() throws Exception {
        answered("1", true, "AGREE", null);
        for (DatabaseRole role : List.of(DatabaseRole.APPLICATION, DatabaseRole.AUDITOR)) {
            Outcome outcome = run(List.of(
                    "export-answers",
                    "--url",
                    PostgresSchema.url(postgres, role),
                    "--out",
                    folder.resolve("out").toString()));
            assertThat(outcome.status()).isEqualTo(2);
            assertThat(outcome.error()).contains("do it as rigatino_exporter");
        }
    }

    @Test
    void evaluateCalibrateAndTrainTakeTheFolder() throws Exception {
        for (int patient = 0; patient < 44; patient++) {
            answered("N" + patient, false, "AGREE", null);
        }
        for (int patient = 0; patient < 6; patient++) {
            answered("A" + patient, true, "AGREE", null);
        }
        Path out = folder.resolve("out");
        assertThat(export("--out", out.toString()).status()).isZero();
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome evaluated = run(List.of(
                "evaluate",
                "--model",
                release.directory().toString(),
                "--data",
                out.toString(),
                "--split",
                "dev_test",
                "--device",
                "cpu",
                "--out",
                folder.resolve("evaluation").toString()));
        assertThat(evaluated.status()).as(evaluated.error()).isZero();
        assertThat(evaluated.out()).contains("22 normal and 6 abnormal images of 28 patients");
        Outcome calibrated = run(List.of(
                "calibrate",
                "--model",
                release.directory().toString(),
                "--data",
                out.toString(),
                "--device",
                "cpu",
                "--out",
                folder.resolve("models/tiny/site").toString()));
        assertThat(calibrated.status()).as(calibrated.error()).isZero();
        Outcome trained = run(List.of(
                "train",
                "--method",
                "autoencoder",
                "--data",
                out.toString(),
                "--out",
                folder.resolve("models/learnt/1").toString(),
                "--work",
                folder.resolve("work").toString(),
                "--iterations",
                "2",
                "--width",
                "2",
                "--batch",
                "2",
                "--seed",
                "1",
                "--device",
                "cpu",
                "--try"));
        assertThat(trained.status()).as(trained.error() + trained.out()).isZero();
        assertThat(folder.resolve("models/learnt/1/release.json")).exists();
    }
}
