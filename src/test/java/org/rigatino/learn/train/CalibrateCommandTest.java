package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.Findings;
import org.rigatino.image.Frame;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.JoinedDrawing;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Releases;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Scoring;
import picocli.CommandLine;

class CalibrateCommandTest {
    @TempDir
    Path folder;

    private String console;
    private String site = "site";

    private int calibrate(Path model, Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--model", model.toString(), "--out", out.toString()));
        arguments.addAll(List.of("--data", folder.resolve(site).toString(), "--device", "cpu"));
        arguments.addAll(List.of(more));
        StringWriter text = new StringWriter();
        int exit = new CommandLine(new CalibrateCommand())
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(text))
                .execute(arguments.toArray(String[]::new));
        console = text.toString();
        return exit;
    }

    private void writeSite(int images) throws IOException {
        writeSite(images, 7);
    }

    private void writeSite(int images, int patients) throws IOException {
        Path normal = Files.createDirectories(folder.resolve(site + "/normal"));
        Random random = new Random(5);
        for (int n = 0; n < images; n++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            int bright = 100 + random.nextInt(100);
            for (int i = 0; i < 1600; i++) {
                boolean head = Math.hypot(i / 40 - 20, i % 40 - 20) < 15;
                image.getRaster().setSample(i % 40, i / 40, 0, head ? bright + random.nextInt(40) : 0);
            }
            ImageIO.write(
                    image,
                    "png",
                    normal.resolve("p" + n % patients + "_" + n + ".png").toFile());
        }
    }

    @Test
    void scoresOfTheSiteAreWhatTheServedReleaseSays() throws IOException {
        writeSite(25);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("models/tiny/1-site");

        assertThat(calibrate(before.directory(), out)).as(console).isZero();

        ModelRelease after = ModelRelease.load(out);
        assertThat(after.version()).isEqualTo("1-site");
        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(after.file().limits().get(0)).startsWith("Calibrated on 25 normal images of 7 patients of site");
        assertThat(after.file().limits()).hasSize(before.file().limits().size() + 1);
        assertThat(after.file().limits().subList(1, after.file().limits().size()))
                .as("what was measured of the release that it was made from")
                .allMatch(limit -> limit.startsWith("Of tiny/1 was said: "));
        assertThat(Files.readAllBytes(out.resolve(ModelRelease.WEIGHTS_FILE)))
                .isEqualTo(Files.readAllBytes(before.directory().resolve(ModelRelease.WEIGHTS_FILE)));
        assertThat(after.file().training().recipe().get("calibration").toString())
                .contains("25 normal images of 7 patients of site", before.digest());
        List<Double> served = new ArrayList<>();
        try (Restorer restorer = Restorer.open(after, "cpu", 1);
                var files = Files.list(folder.resolve("site/normal"))) {
            for (Path file : files.toList()) {
                var restored = restorer.restore(List.of(ImageFile.read(file))).get(0);
                served.add(Findings.of(restored, after).score());
            }
        }
        Collections.sort(served);
        Calibration calibration = after.file().calibration();
        for (int i = 0; i < 25; i++) {
            // what was served has its patient's share in the spread
            assertThat(calibration.scores().get(i)).isCloseTo(served.get(i), withinPercentage(3));
        }
        // 0.95 * 25 = 23.75: one image of 25 is flagged
        assertThat(calibration.scores().stream().filter(score -> score >= calibration.threshold()))
                .hasSize(1);
        assertThat(console).contains("25 normal images of 7 patients", "in shadow until ./rigatino promote");
        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console).contains("is a release already");
    }

    @Test
    void scoringCanBeOverridden() throws IOException {
        writeSite(20);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("other/tiny/2");
        assertThat(calibrate(before.directory(), out, "--sign", "DARKER", "--smoothing", "2.5", "--top-share", "0.1"))
                .as(console)
                .isZero();
        Scoring scoring = ModelRelease.load(out).file().scoring();
        assertThat(scoring.sign()).isEqualTo(Scoring.Sign.DARKER);
        assertThat(scoring.smoothing()).isEqualTo(2.5);
        assertThat(scoring.topShare()).isEqualTo(0.1);
        assertThat(scoring.bilateral()).isEqualTo(before.file().scoring().bilateral());
    }

    @Test
    void aSecondScaleGetsASpreadOfItsOwn() throws IOException {
        writeSite(20);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("other/tiny/2");
        String[] options = {"--bilateral", "0.2", "--coarse", "3", "--bilateral-limit", "2", "--level-clip", "10"};
        assertThat(calibrate(before.directory(), out, options)).as(console).isZero();
        ModelRelease after = ModelRelease.load(out);
        assertThat(after.file().scoring().scales())
                .containsExactly(before.file().scoring().smoothing(), 3.0);
        assertThat(after.file().scoring().bilateralLimit()).isEqualTo(2);
        assertThat(after.file().scoring().levelClip()).isEqualTo(10);
        assertThat(after.spread()).hasSize(4 * Releases.SIZE * Releases.SIZE);
        assertThat(calibrate(before.directory(), folder.resolve("other/tiny/3"), "--coarse", "0.5"))
                .isEqualTo(1);
        assertThat(console).contains("coarse of 0 or above smoothing");
    }

    /** The release says that it learnt from "none". */
    @Test
    void whatTheReleaseLearntFromIsRefusedUnlessHeldBack() throws IOException {
        site = "none";
        writeSite(25);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("out/tiny/1-site");

        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console).contains("learnt from none", "add --held-back").doesNotContain("Exception");
        assertThat(out).doesNotExist();
    }

    /** Three slices of each study, the file names in no order. */
    private void writeStudies(int studies) throws IOException {
        writeStudies(studies, 1);
    }

    private void writeStudies(int studies, int ofEachPatient) throws IOException {
        Random random = new Random(5);
        for (int n = 0; n < 3 * studies; n++) {
            int[] pixels = new int[1600];
            for (int i = 0; i < pixels.length; i++) {
                boolean head = Math.hypot(i / 40 - 20, i % 40 - 20) < 15;
                pixels[i] = head ? 100 + n / 3 + random.nextInt(40) : 0;
            }
            PixelFiles.write(
                    Files.createDirectories(folder.resolve(site + "/" + n / 3)),
                    PixelFiles.header(40, 40)
                            .put(Tag.StudyInstanceUID, "2.25.1" + n / 3)
                            .put(Tag.SeriesInstanceUID, "2.25.2" + n / 3)
                            .put(Tag.SOPInstanceUID, "2.25.3" + (1000 - n))
                            .put(Tag.PatientID, "p" + n / 3 / ofEachPatient)
                            .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                            .put(Tag.BodyPartExamined, "HEAD")
                            .put(Tag.SeriesDescription, "AX FLAIR")
                            .put(Tag.SliceThickness, "5")
                            .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                            .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(5 * (n % 3)))
                            .putPixels(PixelFiles.words(pixels)));
        }
    }

    @Test
    void aSitesOwnStudiesSayWhatIsPromised() throws IOException {
        writeStudies(9);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("sites/tiny/1");
        assertThat(calibrate(before.directory(), out, "--false-alarms", "5")).isEqualTo(1);
        assertThat(console).contains("9 normal studies cannot promise 5", "19 normal studies are needed");
        assertThat(out).doesNotExist();

        assertThat(calibrate(before.directory(), out)).as(console).isZero();
        assertThat(console).contains("9 normal studies of 9 patients: smallest p-value 0.1000, 10 false alarms in 100");
        NormalStudies studies = ModelRelease.load(out).file().studies();
        assertThat(studies.scores()).hasSize(9).doesNotHaveDuplicates();
        assertThat(studies.falseAlarms()).isEqualTo(0.1);
        assertThat(studies.neighbours()).isEqualTo(3);
        assertThat(studies.data()).isEqualTo("site");
    }

    /** Scored in the order in which they are served, one study after another. */
    private List<Double> served(ModelRelease release, int studies) throws IOException {
        List<Double> scores = new ArrayList<>();
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            for (int study = 0; study < studies; study++) {
                List<Frame> slices = new ArrayList<>();
                try (var files = Files.list(folder.resolve(site + "/" + study))) {
                    for (Path file : files.toList()) {
                        slices.add(ImageFile.read(file));
                    }
                }
                slices.sort(Comparator.comparingDouble(
                        slice -> slice.place().orElseThrow().position()[2]));
                JoinedDrawing<Frame> drawing = new JoinedDrawing<>(restorer, (one, next) -> true);
                List<JoinedDrawing.Drawn<Frame>> drawn = new ArrayList<>(
                        drawing.add(slices, slices.stream().map(release::input).toList()));
                drawn.addAll(drawing.finish());
                drawn.forEach(slice ->
                        scores.add(Findings.of(slice.restored(), release).score()));
            }
        }
        Collections.sort(scores);
        return scores;
    }

    /** @param read whether the release has a reader too, whose word is in each map before it is joined */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scoresOfJoinedSlicesAreWhatTheServedReleaseSays(boolean read) throws IOException {
        writeStudies(9);
        ModelRelease drawn = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        ModelRelease before = read ? Releases.withReader(drawn, 7) : drawn;
        Path apart = folder.resolve("sites/tiny/1");
        Path out = folder.resolve("sites/tiny/2");
        assertThat(calibrate(before.directory(), apart)).as(console).isZero();
        assertThat(calibrate(before.directory(), out, "--across-slices", "0.5"))
                .as(console)
                .isZero();

        ModelRelease alone = ModelRelease.load(apart);
        ModelRelease joined = ModelRelease.load(out);
        assertThat(joined.file().scoring().acrossSlices()).isEqualTo(0.5);
        assertThat(joined.spread()).as("of each slice by itself").isEqualTo(alone.spread());
        assertThat(joined.file().calibration().mapThreshold())
                .isNotEqualTo(alone.file().calibration().mapThreshold());
        List<Double> scores = joined.file().calibration().scores();
        List<Double> served = served(joined, 9);
        assertThat(scores).hasSize(27);
        for (int i = 0; i < scores.size(); i++) {
            assertThat(scores.get(i)).isCloseTo(served.get(i), withinPercentage(3));
        }
        assertThat(scores).isNotEqualTo(alone.file().calibration().scores());
        assertThat(joined.file().studies().scores())
                .hasSize(9)
                .isNotEqualTo(alone.file().studies().scores());
        assertThat(calibrate(before.directory(), folder.resolve("sites/tiny/3"), "--across-slices", "1"))
                .isEqualTo(1);
        assertThat(console).contains("acrossSlices from 0 to below 1");
    }

    /** As the answers that export-answers writes are: what they come to is not what slices beside each other come to. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void slicesWithoutThoseBesideThemCalibrateNoReleaseThatJoins(boolean everyOther) throws IOException {
        writeSite(25);
        if (everyOther) {
            writeManifest(25);
        }
        ModelRelease before = Releases.writeJoined(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("sites/tiny/1");
        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console.lines().reduce((one, last) -> last).orElseThrow())
                .startsWith(
                        "rigatino calibrate: --data: of 25 of the 25 normal images of site neither slice beside them is"
                                + " there")
                .contains("acrossSlices 0.5", "--across-slices 0");
        assertThat(out).doesNotExist();
        assertThat(calibrate(before.directory(), out, "--across-slices", "0"))
                .as(console)
                .isZero();
        assertThat(ModelRelease.load(out).file().scoring().joins()).isFalse();
    }

    /** What is refused where it is served has no score there, and says nothing of what such scores mean. */
    @Test
    void whatTheReleaseWillRefuseCalibratesNothing() throws IOException {
        writeSite(60);
        for (int n = 0; n < 3; n++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 1600; i++) {
                image.getRaster().setSample(i % 40, i / 40, 0, n > 0 ? 0 : i / 40 < 20 ? 250 : 20 + i % 40);
            }
            ImageIO.write(
                    image,
                    "png",
                    folder.resolve("site/normal/p" + n + "_odd.png").toFile());
        }
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("sites/tiny/1");
        assertThat(calibrate(before.directory(), out, "--refused-normals", "5"))
                .as(console)
                .isZero();
        assertThat(console)
                .contains("2 not used: 2 foreground")
                .contains("left out of the calibration: 2 of the 61 normal images, which the release will refuse")
                .contains("59 normal images of 7 patients");
        ModelRelease after = ModelRelease.load(out);
        assertThat(after.file().calibration().scores()).hasSize(59);
        assertThat(after.file().training().calibrationImages()).isEqualTo(59);
        assertThat(after.file().likeness().normals()).isEqualTo(61);
    }

    @Test
    void normalImagesThatWereFlaggedBeforeTheyWereAnsweredAreToldByTheRelease() throws IOException {
        writeSite(25);
        List<String> lines = new ArrayList<>(List.of("file,split,label,mask,patient,class"));
        for (int n = 0; n < 25; n++) {
            String said = n < 20 ? "disagree_flagged" : "agree_not_flagged";
            lines.add("normal/p" + n % 7 + "_" + n + ".png,train_normal,normal,,p" + n % 7 + "," + said);
        }
        Files.write(folder.resolve("site/manifest.csv"), lines);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("sites/tiny/1");
        assertThat(calibrate(before.directory(), out)).as(console).isZero();
        String told = "Calibrated on what radiologists answered: 20 of 25 normal images had been flagged before.";
        assertThat(console).contains(told);
        assertThat(ModelRelease.load(out).file().limits()).anyMatch(limit -> limit.startsWith(told));

        site = "own";
        writeSite(25);
        Path anew = folder.resolve("sites/tiny/2");
        assertThat(calibrate(out, anew)).as(console).isZero();
        assertThat(ModelRelease.load(anew).file().limits())
                .as("of another calibration")
                .noneMatch(limit -> limit.contains("radiologists answered"));
    }

    /** Of every other slice. */
    private void writeManifest(int images) throws IOException {
        List<String> lines = new ArrayList<>(List.of("file,split,label,mask,patient,slice,slices_to_lesion"));
        for (int n = 0; n < images; n++) {
            String file = "normal/p" + n % 7 + "_" + n + ".png";
            lines.add(file + ",train_normal,normal,,p" + n % 7 + "," + 2 * (n / 7) + ",999");
        }
        Files.write(folder.resolve("site/manifest.csv"), lines);
    }

    @Test
    void picturesInNoKnownOrderMakeNoStudies() throws IOException {
        writeSite(25);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("sites/tiny/1");
        assertThat(calibrate(before.directory(), out)).as(console).isZero();
        assertThat(console).contains("studies are judged by their highest image", "slices_to_lesion");
        assertThat(ModelRelease.load(out).file().studies()).isNull();
    }

    @Test
    void tooFewNormalsAreRefusedWithTheNumberNeeded() throws IOException {
        writeSite(19);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("models/tiny/1-site");
        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console).contains("19 normal images and 20 are needed", "95 %");
        assertThat(out).doesNotExist();
    }

    /** They tell nothing of another patient's. */
    @Test
    void imagesOfOnePatientCarryNoThreshold() throws IOException {
        writeSite(25, 1);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("models/tiny/1-site");
        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console).contains("all 25 normal images are of one patient", "give images of several");
        assertThat(out).doesNotExist();
        site = "two";
        writeSite(25, 2);
        assertThat(calibrate(before.directory(), out)).as(console).isZero();
        assertThat(console)
                .contains("25 normal images of 2 patients", "give or take 4.4, or up to 15.4 where images of");
    }

    /** A second study of a patient cannot be exchanged with one of a patient who is still to come. */
    @Test
    void ofEachPatientOneStudyCounts() throws IOException {
        writeStudies(16, 2);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("sites/tiny/1");
        assertThat(calibrate(before.directory(), out, "--false-alarms", "10")).isEqualTo(1);
        assertThat(console).contains("8 normal studies cannot promise 10");
        site = "more";
        writeStudies(20, 2);
        assertThat(calibrate(before.directory(), out)).as(console).isZero();
        assertThat(console)
                .contains(
                        "10 normal studies of 10 patients",
                        "; of each patient the first study counts: 10 more of theirs do not");
        assertThat(ModelRelease.load(out).file().studies().scores()).hasSize(10);
    }
}
