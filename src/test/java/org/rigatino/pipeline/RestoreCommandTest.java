package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Rigatino;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.ReadLimits;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.proof.demo.Dciodvfy;
import org.rigatino.restore.AgeRange;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalLook;
import org.rigatino.restore.Releases;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Scoring;
import org.rigatino.restore.UnknownBirthDates;
import org.rigatino.result.ObjectKind;
import picocli.CommandLine;

class RestoreCommandTest {
    private static final String MODELS = "rigatino.restore.models";
    private static final int SIDE = 48;

    @TempDir
    Path folder;

    @BeforeEach
    void useTinyModel() throws IOException {
        Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        System.setProperty(MODELS, folder.resolve("models").toString());
    }

    @AfterEach
    void forgetModel() {
        System.clearProperty(MODELS);
    }

    @Test
    void ofAFolderEachFileGetsItsLine() throws IOException {
        Path study = Files.createDirectories(folder.resolve("study/series")).getParent();
        write("study/series/head.dcm", flair(true));
        write("study/blank.dcm", flair(false));
        Files.writeString(study.resolve("DICOMDIR"), "a directory of a file-set");
        Files.writeString(study.resolve(".hidden"), "of a file manager");

        run(0, study, study.resolve("out"));
        List<String> lines = run(0, study, study.resolve("out"));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("blank.dcm: refused: foreground");
        assertThat(lines.get(1)).matches(".*head.dcm: image 1 score \\d+\\.\\d{3} percentile \\d+\\.\\d");
    }

    @Test
    void aFolderWithoutFilesIsSaidToBeOne() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty/er"));
        assertThat(run(1, empty, folder.resolve("out")))
                .singleElement()
                .asString()
                .contains("there is no file below");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whatALinkInAFolderLeadsToIsRestoredToo() throws IOException {
        Path study = Files.createDirectories(folder.resolve("study"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        write("elsewhere/head.dcm", flair(true));
        Files.createSymbolicLink(study.resolve("series"), elsewhere);
        Files.createSymbolicLink(study.resolve("gone.dcm"), folder.resolve("nowhere.dcm"));

        List<String> lines = run(1, study, folder.resolve("out"));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("gone.dcm: refused: unreadable");
        assertThat(lines.get(1)).contains("series/head.dcm: image 1 score");
        Path loop = Files.createSymbolicLink(study.resolve("loop"), study);
        assertThat(run(1, study, folder.resolve("none")))
                .singleElement()
                .asString()
                .startsWith("rigatino restore: cannot look through " + study)
                .contains(loop.toString());
    }

    @Test
    void withoutAReleaseNothingIsRefusedForTheWantOfOne() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        System.setProperty(MODELS, empty.toString());
        Path out = folder.resolve("out");
        assertThat(run(1, write("head.dcm", flair(true)), out))
                .singleElement()
                .asString()
                .contains("rigatino.restore.models", "no model release", empty.toString());
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsSaidNotToBe() throws IOException {
        assertThat(run(1, folder.resolve("nofile.dcm"), folder.resolve("out")))
                .singleElement()
                .asString()
                .endsWith("nofile.dcm: refused: unreadable: there is no file nofile.dcm");
    }

    /** A link to itself is there and cannot be opened, as a file without the right to read it: of which patient it is, nobody knows. */
    @Test
    void aStudyThatFailsIsToldAndHoldsNoOtherUp() throws IOException {
        Path before = write("before.dcm", flair(true));
        Path closed = Files.createSymbolicLink(folder.resolve("closed.dcm"), Path.of("closed.dcm"));
        Path after = write(
                "after.dcm", flair(true).put(Tag.SOPInstanceUID, "2.25.21").put(Tag.StudyInstanceUID, "2.25.22"));

        List<String> lines = run(1, closed, before, after, folder.resolve("out"));

        assertThat(lines).hasSize(4);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("rigatino restore: study "))
                .singleElement()
                .asString()
                .contains(": image: ", "closed.dcm");
        lines.removeIf(line -> line.startsWith("rigatino restore: study "));
        assertThat(lines.get(0)).startsWith(closed + ": failed: image: ").contains("closed.dcm");
        assertThat(lines.get(1)).startsWith(before + ": image 1 score");
        assertThat(lines.get(2)).startsWith(after + ": image 1 score");
    }

    /** What is made of a series comes behind the lines of its files. */
    @Test
    void aStudyWhoseSeriesObjectsCannotBeWrittenSaysWhy() throws IOException {
        Path head = write("head.dcm", flair(true));
        assertThat(byLauncher(0, head, "--also", "measurement-report")).contains("image 1 score");
        Path report;
        try (Stream<Path> made = Files.list(folder.resolve("out"))) {
            report = made.filter(file -> file.getFileName().toString().startsWith("measurement-report"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(report);
        Files.createDirectory(report);

        assertThat(byLauncher(1, head, "--also", "measurement-report"))
                .contains(
                        "rigatino restore: study ",
                        ": result: ",
                        report.getFileName().toString());
    }

    /** What is made of a frame has many times its samples, and legends: it is read back whatever is taken of senders. */
    @Test
    void limitsHoldForSourcesAndNotForWhatIsMadeOfThem() throws IOException {
        Path head = write("head.dcm", flair(true));
        System.setProperty("rigatino.dicom.limits.frame-samples", Integer.toString(SIDE * SIDE));
        try {
            assertThat(byLauncher(0, head, "--also", "multi-frame-secondary-capture,multi-frame-triptych"))
                    .contains("head.dcm: image 1 score");
            assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/multi-frame-triptych-*.dcm");
            System.setProperty("rigatino.dicom.limits.frame-samples", Integer.toString(SIDE * SIDE - 1));
            assertThat(byLauncher(1, head)).contains("refused: unreadable", "rigatino.dicom.limits.frame-samples");
            System.setProperty("rigatino.dicom.limits.frame-samples", "many");
            assertThat(byLauncher(1, head)).startsWith("rigatino: ").contains("rigatino.dicom.limits.frame-samples");
        } finally {
            System.clearProperty("rigatino.dicom.limits.frame-samples");
            ReadLimits.enforce(ReadLimits.DEFAULT);
        }
    }

    /** Of all those that a release may be made of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-network-of-a-site-that-likes-its-names-as-long-as-can-be-64-of",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void whateverNameAReleaseHasItsObjectsAreValid(String name) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        Path models = folder.resolve("named");
        Releases.write(models, name, Releases.AXIAL_FLAIR);
        System.setProperty(MODELS, models.toString());

        assertThat(byLauncher(
                        0,
                        write("head.dcm", flair(true).put(Tag.StudyDate, "20260102")),
                        "--also",
                        ObjectKind.ofFindings().stream()
                                .filter(kind -> kind != ObjectKind.SECONDARY_CAPTURE)
                                .map(ObjectKind::configurationName)
                                .collect(Collectors.joining(","))))
                .contains("head.dcm: image 1 score");

        try (Stream<Path> written = Files.list(folder.resolve("out"))) {
            for (Path object :
                    written.filter(file -> file.toString().endsWith(".dcm")).toList()) {
                assertThat(Dciodvfy.errors(object)).as(object.toString()).isEmpty();
            }
        }
    }

    @Test
    void everyFileGetsItsLineAndEveryRestoredOneItsOverlay() throws IOException {
        Path head = write("head.dcm", flair(true));
        Path blank = write("blank.dcm", flair(false));
        Path spine = write(
                "spine.dcm", flair(true).put(Tag.BodyPartExamined, "SPINE").put(Tag.SOPInstanceUID, "2.25.13"));
        Path text = Files.writeString(folder.resolve("notes.txt"), "no DICOM at all");
        Path out = folder.resolve("out");

        List<String> lines = run(1, head, blank, spine, text, folder.resolve("absent.dcm"), out);

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches(".*head.dcm: image 1 score \\d+\\.\\d{3} percentile \\d+\\.\\d");
        assertThat(lines.get(1)).endsWith("blank.dcm: refused: foreground");
        assertThat(lines.get(2)).endsWith("spine.dcm: refused: body-part");
        assertThat(lines.get(3)).contains("notes.txt: refused: unreadable");
        assertThat(lines.get(4)).contains("absent.dcm: refused: unreadable");
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.map(file -> file.getFileName().toString().replaceAll(".*\\.", "")))
                    .containsExactlyInAnyOrder("dcm", "png");
        }
    }

    @Test
    void whatIsUnlikeTheNormalsIsRefusedWithDistanceAndLimit() throws IOException {
        ModelRelease plain = ModelRelease.load(folder.resolve("models/tiny/1"));
        int cells = NormalLook.CELLS * NormalLook.CELLS;
        NormalLook look = new NormalLook(new float[cells], new float[][] {new float[cells]}, new float[] {1}, 1);
        Likeness likeness = new Likeness(NormalLook.CELLS, 1, 0.25, 0.02, 100, 10, 0, "made-up");
        ModelRelease.write(plain.directory(), plain.file().withLikeness(likeness), plain.spread(), Optional.of(look));
        Path head = write("head.dcm", flair(true));
        Path out = folder.resolve("out");

        List<String> lines = run(0, head, out);

        assertThat(lines.get(0))
                .endsWith(
                        "head.dcm: refused: unlike: distance 1.00 from the model's normal images, 0.25 at most is judged");
        assertThat(out).isEmptyDirectory();
    }

    /** One instance is worked on once, whatever it is called, so that no object of a series holds it twice. */
    @Test
    void anInstanceThatIsNamedTwiceIsWorkedOnOnce() throws IOException {
        Path head = write("head.dcm", flair(true));
        Path other = write("other.dcm", flair(true).put(Tag.BodyPartExamined, "BRAIN"));
        Path out = folder.resolve("out");

        List<String> lines = run(0, head, other, head, out);

        assertThat(lines.get(0)).contains("head.dcm: image 1 score");
        assertThat(lines.get(1)).endsWith("other.dcm: refused: duplicate: its SOP Instance UID is that of " + head);
        assertThat(lines.get(2)).endsWith("head.dcm: refused: duplicate: its SOP Instance UID is that of " + head);
        assertThat(out).isDirectoryRecursivelyContaining("glob:**/head-1-*.png");
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written).hasSize(2);
        }
    }

    @Test
    void ofALongNameAsMuchIsKeptAsThereIsRoomFor() throws IOException {
        String name = "x".repeat(240);
        Path out = folder.resolve("out");

        assertThat(run(0, write(name + ".dcm", flair(true)), out).get(0)).contains("score");

        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(file).hasSize(255).matches("x+-1-2[.]25[.]\\d+[.](dcm|png)"));
        }
    }

    @Test
    void whatIsRefusedByARuleIsNoFailure() throws IOException {
        Path spine = write("spine.dcm", flair(true).put(Tag.BodyPartExamined, "SPINE"));

        assertThat(run(0, spine, folder.resolve("out"))).hasSize(1);
    }

    /** Images, a projection, a map, a coronal one and an empty one in one object: the images alone are restored. */
    @Test
    void framesOfAMixedInstanceAreRestoredOrRefusedEachForItself() throws IOException {
        String axial = "1\\0\\0\\0\\1\\0";
        Path mixed = write(
                "mixed.dcm",
                enhanced(
                        PixelFiles.frame("ORIGINAL\\PRIMARY\\BRAIN\\NONE", axial, 0),
                        PixelFiles.frame("DERIVED\\PRIMARY\\PROJECTION IMAGE\\MAXIMUM", axial, 1),
                        PixelFiles.frame("DERIVED\\PRIMARY\\DIFFUSION\\ADC", axial, 2),
                        PixelFiles.frame("ORIGINAL\\PRIMARY\\BRAIN\\NONE", "1\\0\\0\\0\\0\\-1", 3),
                        PixelFiles.frame("ORIGINAL\\PRIMARY\\BRAIN\\NONE", "0.9\\0\\0\\0\\0.9\\0", 4),
                        PixelFiles.frame("ORIGINAL\\PRIMARY\\BRAIN\\NONE", axial, 5)));
        Path out = folder.resolve("out");

        String line = run(0, mixed, out).get(0);

        assertThat(line)
                .contains("score")
                .contains("frames 2-3: image-type: Frame Type DERIVED\\PRIMARY\\PROJECTION IMAGE\\MAXIMUM")
                .contains("frames 4-5: orientation");
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.map(file -> file.getFileName().toString().replaceAll("-2[.][.0-9]+\\.", ".")))
                    .containsExactlyInAnyOrder("mixed-1.dcm", "mixed-1.png", "mixed-6.dcm", "mixed-6.png");
        }
        Path projections = write(
                "projections.dcm",
                enhanced(
                        PixelFiles.frame("DERIVED\\PRIMARY\\BRAIN\\MAXIMUM", axial, 0),
                        PixelFiles.frame("DERIVED\\PRIMARY\\BRAIN\\MAXIMUM", axial, 1)));
        assertThat(run(0, projections, folder.resolve("none")).get(0)).contains(": refused: image-type: Frame Type");
    }

    /** One frame of it cannot be read: nothing of it is left, as nothing of it is delivered. */
    @Test
    void anInstanceOfWhichAFrameCannotBeReadLeavesNothing() throws IOException {
        String axial = "1\\0\\0\\0\\1\\0";
        Dataset broken = PixelFiles.frame("ORIGINAL\\PRIMARY\\BRAIN\\NONE", axial, 1)
                .putItems(
                        Tag.PixelValueTransformationSequence,
                        List.of(new Dataset().put(Tag.RescaleSlope, "0").put(Tag.RescaleIntercept, "0")));
        Path file = write("broken.dcm", enhanced(PixelFiles.frame("ORIGINAL\\PRIMARY\\BRAIN\\NONE", axial, 0), broken));
        Path out = folder.resolve("out");

        assertThat(run(1, file, out).get(0)).contains("refused: unreadable: Rescale Slope 0.0");
        assertThat(out).isEmptyDirectory();
    }

    /** Turned half round in its plane, said in every way that can be understood: the model sees the same head. */
    @ParameterizedTest
    @ValueSource(strings = {"-1\\0\\0\\0\\-1\\0", "-1.006\\0\\0\\0\\-1.006\\0", "-1.00\\0.00\\0.01\\0.00\\-1.00\\0.01"})
    void aTurnedHeadIsTurnedBackHoweverItsDirectionIsWritten(String orientation) throws IOException {
        String upright = run(0, write("upright.dcm", flair(true)), folder.resolve("upright"))
                .get(0);
        for (boolean placed : new boolean[] {true, false}) {
            Dataset turned = turned().put(Tag.ImageOrientationPatient, orientation.split("\\\\"));
            Path file = write("turned.dcm", placed ? turned : turned.putEmpty(Tag.ImagePositionPatient));
            Path out = folder.resolve("turned" + placed);

            String line = run(0, file, out).get(0);

            assertThat(line.replaceAll(".*: image", "")).isEqualTo(upright.replaceAll(".*: image", ""));
            try (Stream<Path> written = Files.list(out)) {
                Path overlay = written.filter(path -> path.toString().endsWith(".dcm"))
                        .findFirst()
                        .orElseThrow();
                Dataset header = Dataset.readHeader(overlay);
                assertThat(header.strings(Tag.PatientOrientation)).containsExactly("R", "A");
                assertThat(header.contains(Tag.ImagePositionPatient)).isEqualTo(placed);
                assertThat(header.contains(Tag.ImageOrientationPatient)).isEqualTo(placed);
            }
        }
    }

    /** Classic, though it has several frames: one direction for all, no place. */
    @Test
    void everyFrameOfAClassicMultiFrameInstanceHasItsSides() throws IOException {
        short[] two = new short[2 * SIDE * SIDE];
        System.arraycopy(head(true), 0, two, 0, SIDE * SIDE);
        System.arraycopy(head(true), 0, two, SIDE * SIDE, SIDE * SIDE);
        Path file = write("classic.dcm", flair(true).put(Tag.NumberOfFrames, 2).putPixels(two));
        Path out = folder.resolve("out");
        run(0, file, out);
        try (Stream<Path> written = Files.list(out)) {
            List<Path> overlays =
                    written.filter(path -> path.toString().endsWith(".dcm")).toList();
            assertThat(overlays).hasSize(2);
            for (Path overlay : overlays) {
                Dataset header = Dataset.readHeader(overlay);
                assertThat(header.strings(Tag.PatientOrientation)).containsExactly("L", "P");
                assertThat(header.contains(Tag.ImagePositionPatient)).isFalse();
            }
        }
    }

    private static Dataset enhanced(Dataset... frames) {
        short[] pixels = new short[frames.length * SIDE * SIDE];
        for (int frame = 0; frame < frames.length; frame++) {
            System.arraycopy(head(true), 0, pixels, frame * SIDE * SIDE, SIDE * SIDE);
        }
        return PixelFiles.enhanced(flair(true), SIDE, List.of(frames), pixels);
    }

    private static Dataset turned() {
        short[] head = head(true);
        short[] turned = new short[head.length];
        for (int i = 0; i < head.length; i++) {
            turned[i] = head[head.length - 1 - i];
        }
        return PixelFiles.flair("2.25.13", SIDE, turned);
    }

    /** Of one call, by two releases, one of which has a threshold that is no level of its map. */
    @Test
    void marksBeginWhereTheReleaseThatJudgedSaysUnlessTheSiteDoes() throws IOException {
        Eligibility flair = Releases.AXIAL_FLAIR;
        Eligibility other = new Eligibility(
                flair.modality(),
                flair.photometricInterpretation(),
                flair.minimumSize(),
                flair.excludedImageType(),
                List.of("CHEST"),
                null,
                null,
                null,
                flair.plane(),
                flair.toleranceDegrees(),
                flair.minimumForeground(),
                flair.viewPosition(),
                flair.age());
        Releases.write(folder.resolve("models"), "whole", other, new Scoring(Scoring.Sign.BOTH, 1, 1, 1));
        Dataset whole = PixelFiles.flair("2.25.15", SIDE, head(true)).put(Tag.BodyPartExamined, "CHEST");
        Path study = Files.createDirectories(folder.resolve("study"));
        write("study/head.dcm", flair(true));
        write("study/whole.dcm", whole.put(Tag.SeriesInstanceUID, "2.25.16"));

        assertThat(segments(study, folder.resolve("own")))
                .containsOnly(
                        Map.entry("tiny 1", "Departs by 4.0 times the variation of normal images or more"),
                        Map.entry("whole 1", "Departs by 3.0 times the variation of normal images or more"));
        System.setProperty("rigatino.result.level", "2.5");
        try {
            assertThat(segments(study, folder.resolve("site")).values())
                    .containsOnly("Departs by 2.5 times the variation of normal images or more");
        } finally {
            System.clearProperty("rigatino.result.level");
        }
    }

    /** Of each release's Segmentation the description of its first segment. */
    private static Map<String, String> segments(Path study, Path out) throws IOException {
        StringWriter console = new StringWriter();
        String[] arguments = {"--also", "segmentation", study.toString(), "--out", out.toString()};
        int exit = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .execute(arguments);
        assertThat(exit).as(console.toString()).isZero();
        Map<String, String> segments = new HashMap<>();
        try (Stream<Path> written = Files.list(out)) {
            for (Path file : written.filter(
                            name -> name.getFileName().toString().startsWith("segmentation"))
                    .toList()) {
                Dataset object = Dataset.readHeader(file);
                Dataset segment = object.items(Tag.SegmentSequence).get(0);
                segments.put(segment.require(Tag.SegmentAlgorithmName), segment.require(Tag.SegmentDescription));
            }
        }
        return segments;
    }

    /** On most processors the last bits of what a network draws depend on how many images it sees at once. */
    @Test
    void aBatchOfTheSitesOwnHasUidsOfItsOwn() throws IOException {
        Path head = write("head.dcm", flair(true));
        Path usual = folder.resolve("usual");
        Path own = folder.resolve("own");
        run(0, head, usual);
        System.setProperty("rigatino.restore.batch", "1");
        try {
            run(0, head, own);
        } finally {
            System.clearProperty("rigatino.restore.batch");
        }
        assertThat(uids(own)).hasSize(1).doesNotContainAnyElementsOf(uids(usual));
        System.setProperty("rigatino.restore.batch", Integer.toString(Restorer.BATCH));
        try {
            run(0, head, own);
        } finally {
            System.clearProperty("rigatino.restore.batch");
        }
        assertThat(uids(own)).containsAll(uids(usual));
    }

    private static List<String> uids(Path out) throws IOException {
        List<String> uids = new ArrayList<>();
        try (Stream<Path> written = Files.list(out)) {
            for (Path file :
                    written.filter(name -> name.toString().endsWith(".dcm")).toList()) {
                uids.add(Dataset.readHeader(file).require(Tag.SOPInstanceUID));
            }
        }
        return uids;
    }

    @Test
    void objectsOfAWholeSeriesAreWrittenWhereAskedFor() throws IOException {
        Path head = write("head.dcm", flair(true));
        StringWriter console = new StringWriter();
        String[] arguments = {
            "--also",
            "segmentation,measurement-report",
            head.toString(),
            "--out",
            folder.resolve("out").toString()
        };
        int exit = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .execute(arguments);
        assertThat(exit).as(console.toString()).isZero();
        try (Stream<Path> written = Files.list(folder.resolve("out"))) {
            assertThat(written.map(file -> file.getFileName().toString().replaceAll("-[.0-9]+\\.dcm$", "")))
                    .contains("segmentation", "measurement-report")
                    .hasSize(4);
        }
        arguments[1] = "hologram";
        StringWriter error = new StringWriter();
        exit = new CommandLine(new RestoreCommand())
                .setErr(new PrintWriter(error))
                .execute(arguments);
        assertThat(exit).isEqualTo(2);
        assertThat(error.toString())
                .contains("'hologram' is none of restored-image, segmentation", "triptych", "multi-frame-triptych");
    }

    @Test
    void theSameFileGivesTheSameBytes() throws IOException {
        Path head = write("head.dcm", flair(true));
        run(0, head, folder.resolve("first"));
        run(0, head, folder.resolve("second"));
        try (Stream<Path> written = Files.list(folder.resolve("first"))) {
            for (Path file : written.toList()) {
                assertThat(folder.resolve("second").resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void theTimeIsTheSourcesUnlessOneIsGiven() throws IOException {
        Dataset source = flair(true).put(Tag.AcquisitionDate, "20200102").put(Tag.AcquisitionTime, "030405");
        Path head = write("head.dcm", source);
        run(0, head, folder.resolve("sources"));
        assertThat(overlay("sources").string(Tag.ContentDate)).contains("20200102");
        assertThat(overlay("sources").string(Tag.ContentTime)).contains("030405");
        run(0, head, Path.of("--time"), Path.of("2026-11-28T19:20:21.5+01:00"), folder.resolve("given"));
        assertThat(overlay("given").string(Tag.ContentDate)).contains("20261128");
        assertThat(overlay("given").string(Tag.ContentTime)).contains("192021");
        assertThat(run(2, head, Path.of("--time"), Path.of("noon"), folder.resolve("none")))
                .anySatisfy(line -> assertThat(line).contains("--time", "noon"));
    }

    private Dataset overlay(String out) throws IOException {
        try (Stream<Path> written = Files.list(folder.resolve(out))) {
            return Dataset.readHeader(written.filter(file -> file.toString().endsWith(".dcm"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    @Test
    void aBrokenModelEndsTheCommand() throws IOException {
        Files.delete(folder.resolve("models/tiny/1/model.params"));
        assertThat(run(1, write("head.dcm", flair(true)), folder.resolve("out")).get(0))
                .contains("rigatino restore:", "model.params");
    }

    /** As the worker does: what it refuses is in no overlay and no evaluation. */
    @Test
    void datesOfBirthThatTheSiteHoldsForUnknownMakeNoAge() throws IOException {
        Eligibility flair = Releases.AXIAL_FLAIR;
        Eligibility adults = new Eligibility(
                flair.modality(),
                flair.photometricInterpretation(),
                flair.minimumSize(),
                flair.excludedImageType(),
                flair.bodyPart(),
                flair.bodyPartDescription(),
                flair.seriesDescription(),
                flair.excludedSeriesDescription(),
                flair.plane(),
                flair.toleranceDegrees(),
                flair.minimumForeground(),
                flair.viewPosition(),
                new AgeRange(18, 130));
        Releases.write(folder.resolve("adults"), "adults", adults);
        System.setProperty(MODELS, folder.resolve("adults").toString());
        Path head = write(
                "head.dcm", flair(true).put(Tag.PatientBirthDate, "19700101").put(Tag.StudyDate, "20200101"));
        assertThat(byLauncher(0, head)).contains("head.dcm: image 1 score");
        System.setProperty("rigatino.nobody.birth-dates", "${SITE_DATES}");
        System.setProperty("SITE_DATES", "19700101");
        try {
            assertThat(byLauncher(0, head)).contains("head.dcm: refused: patient-age");
        } finally {
            System.clearProperty("rigatino.nobody.birth-dates");
            System.clearProperty("SITE_DATES");
            UnknownBirthDates.enforce(List.of());
        }
    }

    private String byLauncher(int exit, Path file, String... options) {
        StringWriter console = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("restore", file.toString(), "--out"));
        arguments.add(folder.resolve("out").toString());
        arguments.addAll(List.of(options));
        assertThat(Rigatino.commandLine()
                        .setOut(new PrintWriter(console))
                        .setErr(new PrintWriter(console, true))
                        .execute(arguments.toArray(String[]::new)))
                .as(console.toString())
                .isEqualTo(exit);
        return console.toString();
    }

    private static List<String> run(int exit, Path... filesThenOut) {
        StringWriter console = new StringWriter();
        CommandLine command = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .setErr(new PrintWriter(console, true));
        List<String> arguments = new java.util.ArrayList<>(
                Stream.of(filesThenOut).map(Path::toString).toList());
        arguments.add(arguments.size() - 1, "--out");
        assertThat(command.execute(arguments.toArray(String[]::new)))
                .as(console.toString())
                .isEqualTo(exit);
        return new ArrayList<>(console.toString().lines().toList());
    }

    private Path write(String name, Dataset instance) throws IOException {
        return Files.write(folder.resolve(name), instance.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    private static Dataset flair(boolean withHead) {
        return PixelFiles.flair("2.25.1" + (withHead ? 1 : 2), SIDE, head(withHead));
    }

    private static short[] head(boolean withHead) {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            double radius = Math.hypot((i / SIDE - 24) / 18.0, (i % SIDE - 24) / 14.0);
            pixels[i] = (short) (withHead && radius < 1 ? 500 + i % 97 : 0);
        }
        return pixels;
    }
}
