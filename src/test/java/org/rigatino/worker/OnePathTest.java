package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.patient.MixedPatientException;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.RestoreCommand;
import org.rigatino.pipeline.StageException;
import org.rigatino.pipeline.StageTimes;
import org.rigatino.restore.AbsentRelease;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.Releases;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;
import org.rigatino.study.ClaimedStudy;
import org.rigatino.study.ClaimedStudy.ReceivedInstance;
import org.rigatino.study.Restored;
import org.rigatino.study.Restored.JudgedFrame;
import org.rigatino.study.Restored.KeptObject;
import picocli.CommandLine;

/** The same files as a claimed study of {@code serve} and as arguments of {@code restore}. */
@Slow
class OnePathTest {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-28T19:20:21+01:00");

    private static final Set<ObjectKind> EVERY = EnumSet.allOf(ObjectKind.class);

    @TempDir
    Path folder;

    private SmallRyeConfig config;
    private WarmModels models;
    private StudyWorker worker;

    @BeforeEach
    void prepare() throws IOException {
        TinyRelease.writeUniform(folder.resolve("models"));
        System.setProperty("rigatino.restore.models", folder.resolve("models").toString());
        String kinds = Arrays.stream(ObjectKind.values())
                .map(ObjectKind::configurationName)
                .collect(Collectors.joining(","));
        String pacs = "rigatino.deliver.destinations.pacs.";
        config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "rigatino.deliver.outputs",
                                Files.createDirectory(folder.resolve("outputs")).toString(),
                                pacs + "host",
                                "127.0.0.1",
                                pacs + "ae-title",
                                "PACS",
                                pacs + "objects",
                                kinds),
                        "test",
                        500))
                .withMapping(IngestConfiguration.class)
                .withMapping(RestoreConfiguration.class)
                .withMapping(SiteResultConfiguration.class)
                .withMapping(DeliverConfiguration.class)
                .build();
        RestoreConfiguration restore = config.getConfigMapping(RestoreConfiguration.class);
        models = new WarmModels(ModelReleases.load(restore.models()), restore.device(), restore.batch());
        worker = worker(restore);
    }

    private StudyWorker worker(RestoreConfiguration restore) {
        StudyWorker made = new StudyWorker();
        DeliverConfiguration deliver = config.getConfigMapping(DeliverConfiguration.class);
        made.outputs = new OutputStore(deliver);
        made.ingestConfiguration = config.getConfigMapping(IngestConfiguration.class);
        made.resultSettings = config.getConfigMapping(SiteResultConfiguration.class);
        made.restoreConfiguration = restore;
        made.times = StageTimes.unwatched();
        return made;
    }

    @AfterEach
    void close() {
        models.close();
        System.clearProperty("rigatino.restore.models");
    }

    /** A lesion, an empty slice, another modality, a slice cut short, eleven more, so that batches differ from files. */
    private MrStudy study() throws IOException {
        MrStudy study = new MrStudy(folder, "path");
        study.slice().sliceWithLesion(12, 10).sliceOfAnotherModality().truncatedSlice();
        study.slice(slice -> slice.put(Tag.BodyPartExamined, "KNEE"));
        for (int i = 0; i < 11; i++) {
            study.slice();
        }
        return study;
    }

    @Test
    void bothRefuseFindAndEncodeTheSame() throws Exception {
        List<Path> files = study().files();
        RestoredStudy served = worker.restore(claimed(files), models, EVERY);

        Path out = folder.resolve("out");
        List<String> lines = restore(1, files, out, "--time", TIME.toString());

        assertThat(lines).isEqualTo(lines(files, served));
        assertThat(served.failed()).hasSize(1);
        assertThat(served.refused()).hasSize(2);
        assertThat(served.restored()).hasSize(13);
        assertThat(served.series()).hasSize(8);
        assertThat(digests(out)).hasSize(13 * 3 + 8).isEqualTo(digests(folder.resolve("outputs")));
    }

    /** Slices that lie beside each other before and after some that nobody takes. No joined map is flagged, so there are no key images. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothJoinSlicesAlike(boolean read) throws Exception {
        ModelRelease joined = Releases.join(folder.resolve("models/tiny/1"));
        if (read) {
            Releases.withReader(joined, 7);
        }
        RestoreConfiguration restore = config.getConfigMapping(RestoreConfiguration.class);
        models.close();
        models = new WarmModels(ModelReleases.load(restore.models()), restore.device(), restore.batch());
        List<Path> files = study().files();
        RestoredStudy served = worker.restore(claimed(files), models, EVERY);

        Path out = folder.resolve("out");
        List<String> lines = restore(1, files, out, "--time", TIME.toString());

        assertThat(lines).isEqualTo(lines(files, served));
        assertThat(served.restored()).hasSize(13);
        assertThat(served.restored())
                .extracting(frame -> frame.finding().joinedWith().size())
                .containsExactly(1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1);
        assertThat(digests(out)).hasSize(13 * 3 + 7).isEqualTo(digests(folder.resolve("outputs")));
        List<Path> backwards = new ArrayList<>(files);
        Collections.reverse(backwards);
        assertThat(uids(worker.restore(claimed(backwards), models, EVERY))).isEqualTo(uids(served));
        assertThat(digests(folder.resolve("outputs")))
                .as("a repetition in another order")
                .isEqualTo(digests(out));
    }

    @Test
    void bothReadImageAndDrawingTogetherWhereTheReleaseDoes() throws Exception {
        List<Path> files = study().files();
        double before = highest(worker.restore(claimed(files), models, EVERY));
        ModelRelease plain = models.releases().all().get(0);
        models.close();
        ModelRelease reading = Releases.withReader(plain, 7);
        RestoreConfiguration restore = config.getConfigMapping(RestoreConfiguration.class);
        models = new WarmModels(ModelReleases.load(restore.models()), restore.device(), restore.batch());
        FileUtils.cleanDirectory(folder.resolve("outputs").toFile());

        RestoredStudy served = worker.restore(claimed(files), models, EVERY);
        Path out = folder.resolve("out");
        List<String> lines = restore(1, files, out, "--time", TIME.toString());

        assertThat(reading.digest()).isNotEqualTo(plain.digest());
        assertThat(lines).isEqualTo(lines(files, served));
        assertThat(highest(served)).isPositive().isLessThan(before);
        assertThat(digests(out)).isNotEmpty().isEqualTo(digests(folder.resolve("outputs")));
    }

    private static double highest(RestoredStudy study) {
        return study.restored().stream()
                .mapToDouble(frame -> frame.finding().score())
                .max()
                .orElseThrow();
    }

    /** {@code serve} has a time on record; without {@code --time} that of the source stands in, under the same UIDs. */
    @Test
    void theTimeIsAllThatMustDiffer() throws Exception {
        List<Path> files = study().files();
        worker.restore(claimed(files), models, EVERY);
        Path out = folder.resolve("out");

        restore(1, files, out);

        Map<String, Path> kept = files(folder.resolve("outputs"));
        Map<String, Path> written = files(out);
        assertThat(written.keySet()).isEqualTo(kept.keySet());
        for (String uid : kept.keySet()) {
            assertThat(Dataset.readHeader(kept.get(uid)).string(Tag.ContentDate))
                    .contains("20261128");
            assertThat(Dataset.readHeader(written.get(uid)).string(Tag.ContentDate))
                    .contains("20260102");
        }
    }

    @Test
    void bothMakeNothingOfAStudyOfTwoPatients() throws Exception {
        List<Path> files = new MrStudy(folder, "mixed")
                .slice()
                .sliceOfAnotherPatient()
                .slice()
                .files();
        Path out = folder.resolve("out");

        List<String> lines = restore(0, files, out);

        assertThatThrownBy(() -> worker.restore(claimed(files), models, EVERY))
                .isInstanceOfSatisfying(MixedPatientException.class, mixed -> assertThat(lines)
                        .containsExactlyElementsOf(files.stream()
                                .map(file -> file + ": refused: " + PatientIdentity.RULE + ": " + mixed.getMessage())
                                .toList()));
        assertThat(out).isEmptyDirectory();
        assertThat(folder.resolve("outputs")).isEmptyDirectory();
    }

    /** Of the others in the study nothing is made either: it is replayed as a whole. */
    @Test
    void aStudyForAReleaseThatServesAndIsNotHereFailsWithItsName() throws Exception {
        ModelRelease tiny = models.releases().all().get(0);
        WarmModels without = models.of(ModelReleases.serving(
                List.of(),
                List.of(new AbsentRelease("tiny", "2", "d1", tiny.file().eligibility()))));
        assertThatThrownBy(() -> worker.restore(claimed(study().files()), without, EVERY))
                .isInstanceOfSatisfying(StageException.class, failed -> assertThat(failed.stage())
                        .isEqualTo(StudyStage.RESTORE))
                .hasMessageContainingAll("tiny/2", "sha256 d1", "replay the study");
        assertThat(folder.resolve("outputs")).isEmptyDirectory();
    }

    /** Its objects may lie beside the earlier ones in an archive, also where the same release is back in service. */
    @Test
    void whatIsJudgedAgainGivesWayBeforeEveryFileAndBatchAndHasUidsOfItsOwn() throws Exception {
        List<Path> files = study().files();
        RestoredStudy first = worker.restore(claimed(files), models, EVERY);
        AtomicInteger asked = new AtomicInteger();
        RestoredStudy again = worker.restore(again(files, 2), models, HouseRules.NONE, EVERY, asked::incrementAndGet);
        assertThat(asked.get()).isGreaterThan(files.size());
        assertThat(uids(again)).hasSameSizeAs(uids(first)).doesNotContainAnyElementsOf(uids(first));
        assertThat(series(again)).isNotEmpty().doesNotContainAnyElementsOf(series(first));
        assertThat(uids(worker.restore(again(files, 2), models, EVERY)))
                .as("a repetition")
                .isEqualTo(uids(again));
        assertThat(uids(worker.restore(again(files, 3), models, EVERY))).doesNotContainAnyElementsOf(uids(again));
    }

    private static List<String> uids(RestoredStudy study) {
        return objects(study).map(KeptObject::sopInstanceUid).sorted().toList();
    }

    private static Set<String> series(RestoredStudy study) {
        return objects(study).map(KeptObject::seriesInstanceUid).collect(Collectors.toSet());
    }

    private static Stream<KeptObject> objects(RestoredStudy study) {
        return Stream.concat(
                study.restored().stream().flatMap(frame -> frame.objects().stream()),
                study.series().stream().map(Restored.SeriesObject::object));
    }

    private ClaimedStudy again(List<Path> files, int revision) throws Exception {
        ClaimedStudy once = claimed(files);
        return new ClaimedStudy(
                once.id(),
                once.studyInstanceUid(),
                revision,
                once.version(),
                once.contentTime(),
                once.instances(),
                once.restoredBefore(),
                once.identifying(),
                once.earlierPatients(),
                once.decidedPatients(),
                once.patientDecidedAt(),
                true);
    }

    private ClaimedStudy claimed(List<Path> files) throws Exception {
        List<ReceivedInstance> instances = new ArrayList<>();
        for (Path file : files) {
            String uid = Dataset.readHeader(file).require(Tag.SOPInstanceUID);
            instances.add(new ReceivedInstance(instances.size(), uid, file.toString(), sha256(file), "SENDER"));
        }
        String study = Dataset.readHeader(files.get(0)).require(Tag.StudyInstanceUID);
        return new ClaimedStudy(
                1,
                study,
                0,
                0,
                TIME,
                instances,
                List.of(),
                files.stream().map(Path::toString).toList(),
                List.of(),
                Set.of(),
                null,
                false);
    }

    private static String sha256(Path file) throws Exception {
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
    }

    private static List<String> restore(int exit, List<Path> files, Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--out", out.toString(), "--also"));
        arguments.add(ObjectKind.ofFindings().stream()
                .filter(kind -> kind != ObjectKind.SECONDARY_CAPTURE)
                .map(ObjectKind::configurationName)
                .collect(Collectors.joining(",")));
        arguments.addAll(List.of(more));
        files.forEach(file -> arguments.add(file.toString()));
        StringWriter console = new StringWriter();
        int ended = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .setErr(new PrintWriter(console, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(ended).as(console.toString()).isEqualTo(exit);
        return console.toString().lines().toList();
    }

    /** What {@code restore} would say of what {@code serve} puts on record. */
    private static List<String> lines(List<Path> files, RestoredStudy served) {
        Map<Long, String> lines = new TreeMap<>();
        served.refused().forEach((file, frames) -> lines.put(file.id(), "refused: " + frames.first()));
        served.failed().forEach((file, cause) -> lines.put(file.id(), "refused: unreadable: " + cause));
        for (JudgedFrame frame : served.restored()) {
            lines.put(
                    frame.instance(),
                    String.format(
                            Locale.ROOT,
                            "image 1 score %.3f percentile %.1f",
                            frame.finding().score(),
                            frame.finding().percentile()));
        }
        return lines.entrySet().stream()
                .map(line -> files.get(line.getKey().intValue()) + ": " + line.getValue())
                .toList();
    }

    private static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> written = Files.walk(folder)) {
            for (Path file :
                    written.filter(path -> path.toString().endsWith(".dcm")).toList()) {
                files.put(Dataset.readHeader(file).require(Tag.SOPInstanceUID), file);
            }
        }
        return files;
    }

    private static Map<String, String> digests(Path folder) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        for (Map.Entry<String, Path> file : files(folder).entrySet()) {
            digests.put(file.getKey(), sha256(file.getValue()));
        }
        return digests;
    }
}
