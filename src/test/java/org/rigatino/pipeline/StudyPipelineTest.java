package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Settings;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.patient.UnknownPatientValues;
import org.rigatino.persistence.StudyStage;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.Releases;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;

class StudyPipelineTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    /** Of files that are through. */
    private final List<String> lines = new ArrayList<>();

    private Path objects;

    @BeforeEach
    void prepare() throws IOException {
        Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        objects = Files.createDirectory(folder.resolve("objects"));
    }

    private void process(Pace pace, Path... files) throws Exception {
        process(pace, Set.of(), files);
    }

    private void process(Pace pace, Set<ObjectKind> kinds, Path... files) throws Exception {
        List<SourceFile> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(
                    new SourceFile(sources.size(), "2.25." + sources.size(), file, Optional.empty(), Optional.empty()));
        }
        SiteResultConfiguration settings = Settings.of(SiteResultConfiguration.class);
        SourceStudy study = new SourceStudy(
                "2.25.2",
                sources,
                List.of(files),
                new PatientIdentity.Known(List.of(), Set.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (WarmModels models = new WarmModels(ModelReleases.load(folder.resolve("models")), "cpu", 1)) {
            new StudyPipeline(
                            models,
                            HouseRules.NONE,
                            1,
                            settings,
                            UnknownPatientValues.REFUSE,
                            StageTimes.unwatched(),
                            pace)
                    .process(study, kinds, new FolderSink(List.of(files), objects, lines::add));
        }
    }

    private Path slice(String name, String patientId) throws IOException {
        return write(name, slice("2.25.77" + patientId).put(Tag.PatientID, patientId));
    }

    private static Dataset slice(String sopInstanceUid) {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (Math.hypot(i / SIDE - 16, i % SIDE - 16) < 10 ? 500 + i % 7 : 0);
        }
        return PixelFiles.flair(sopInstanceUid, SIDE, pixels);
    }

    private Path write(String name, Dataset instance) throws IOException {
        return Files.write(folder.resolve(name), instance.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    /** When the study's first file is to be read, its patient has been told. */
    private Pace thenThereIs(Path file, Path readable) {
        return () -> {
            if (Files.exists(readable)) {
                move(readable, file);
            }
        };
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> all = Files.list(objects)) {
            return all.filter(file -> file.toString().endsWith(".dcm")).toList();
        }
    }

    @Test
    void slicesOfOnePatientAreRestored() throws Exception {
        process(Pace.NONE, slice("one.dcm", "1"));

        assertThat(written()).hasSize(1);
    }

    /** What went for one patient fails no image, and stays as its source has it, in whatever order they are drawn. */
    @Test
    void ofAPatientWhoIsWrittenInTwoWaysEachHasObjectsOfItsOwn() throws Exception {
        Set<ObjectKind> ofSeries =
                ObjectKind.ofFindings().stream().filter(ObjectKind::isOfSeries).collect(Collectors.toSet());

        process(
                Pace.NONE,
                ofSeries,
                spelt("2.25.11", "DOE^JANE"),
                spelt("2.25.12", "DOE^JANE^^"),
                spelt("2.25.13", "DOE^JANE"));

        assertThat(lines).hasSize(3).allMatch(line -> line.contains("score"));
        Map<String, List<String>> spelt = new TreeMap<>();
        for (Path object : written()) {
            Dataset header = Dataset.readHeader(object);
            spelt.computeIfAbsent(
                            header.require(Tag.SOPClassUID) + " " + header.string(Tag.SeriesDescription),
                            key -> new ArrayList<>())
                    .add(header.require(Tag.PatientName));
        }
        assertThat(spelt)
                .hasSizeGreaterThan(6)
                .allSatisfy((kind, names) -> assertThat(names).as(kind).contains("DOE^JANE", "DOE^JANE^^"));
    }

    private Path spelt(String name, String patientName) throws IOException {
        return write(name, slice(name).put(Tag.PatientName, patientName));
    }

    /** A link to itself is there and cannot be opened, as where descriptors are used up. */
    @Test
    void aFileThatTheFileSystemDoesNotGiveForAMomentFailsTheStudy() throws Exception {
        Path other = Files.createSymbolicLink(folder.resolve("other.dcm"), Path.of("other.dcm"));
        Pace pace = thenThereIs(other, slice("readable", "2"));

        assertThatThrownBy(() -> process(pace, slice("one.dcm", "1"), other))
                .isInstanceOfSatisfying(StageException.class, failed -> assertThat(failed.stage())
                        .isEqualTo(StudyStage.IMAGE))
                .hasMessageContaining("other.dcm")
                .hasMessageContaining("replay the study");
        assertThat(written()).isEmpty();
    }

    /** A directory is opened and not read, as where a disk fails. */
    @Test
    void soDoesOneThatOpensAndCannotBeRead() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other.dcm"));
        Pace pace = thenThereIs(other, slice("readable", "2"));

        assertThatThrownBy(() -> process(pace, slice("one.dcm", "1"), other))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("other.dcm");
        assertThat(written()).isEmpty();
    }

    @Test
    void aFileThatSaidNothingOfItsPatientAndNowDoesIsNotRestored() throws Exception {
        for (String before : new String[] {"", "no header"}) {
            Path other = folder.resolve("other.dcm");
            Files.deleteIfExists(other);
            if (!before.isEmpty()) {
                Files.writeString(other, before, StandardCharsets.US_ASCII);
            }
            Pace pace = thenThereIs(other, slice("readable", "2"));

            assertThatThrownBy(() -> process(pace, slice("one.dcm", "1"), other))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining("instance 2.25.1 could not be read")
                    .hasMessageContaining("replay the study");
        }
    }

    @Test
    void oneOfTheSamePatientIs() throws Exception {
        Path other = folder.resolve("other.dcm");

        process(thenThereIs(other, slice("readable", "1")), slice("one.dcm", "1"), other);

        assertThat(written()).hasSize(2);
    }

    @Test
    void whoIsInterruptedBetweenTwoFramesSaysSo() throws Exception {
        Path refused = write("knee.dcm", many(3).put(Tag.BodyPartExamined, "KNEE"));

        assertThatThrownBy(() -> process(() -> Thread.currentThread().interrupt(), refused))
                .isInstanceOf(StageException.class)
                .hasMessage("interrupted");
        assertThat(lines).isEmpty();
    }

    @Test
    void whichReleaseFailedAndWhatToDoIsTold() throws Exception {
        ModelRelease damaged = Releases.withReader(ModelRelease.load(folder.resolve("models/tiny/1")), 7);
        Releases.damageReader(damaged);
        ModelRelease.write(damaged.directory(), damaged.file(), damaged.spread());

        assertThatThrownBy(() -> process(Pace.NONE, slice("one.dcm", "1")))
                .isInstanceOfSatisfying(StageException.class, failed -> assertThat(failed.stage())
                        .isEqualTo(StudyStage.RESTORE))
                .hasMessageContainingAll("model release tiny/1", "instance 2.25.771 is not finite", "replay the study");
    }

    @Test
    void soItIsWhereItDoesNotOpen() throws Exception {
        ModelRelease damaged = ModelRelease.load(folder.resolve("models/tiny/1"));
        Files.write(damaged.directory().resolve(ModelRelease.WEIGHTS_FILE), new byte[] {1}, StandardOpenOption.APPEND);
        ModelRelease.write(damaged.directory(), damaged.file(), damaged.spread());

        assertThatThrownBy(() -> process(Pace.NONE, slice("one.dcm", "1")))
                .isInstanceOf(StageException.class)
                .hasMessageContainingAll("more weights", "Put release tiny/1 back as it was published");
    }

    /** Of a small file: what is asked of its frames grows as they do, and not as their square. */
    @Test
    @Timeout(value = Patience.SECONDS, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void framesWithoutNumberAreRefusedOneByOne() throws Exception {
        Path many = write("many.dcm", many(200_000));

        process(Pace.NONE, many);

        assertThat(lines).singleElement().asString().contains("image-type");
    }

    private static Dataset many(int frames) {
        return PixelFiles.enhanced(
                PixelFiles.flair("2.25.5", 16, new short[256]),
                16,
                Collections.nCopies(frames, new Dataset()),
                new short[256]);
    }
}
