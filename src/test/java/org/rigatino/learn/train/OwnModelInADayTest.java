package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.finding.Priority;
import org.rigatino.finding.StudyFinding;
import org.rigatino.finding.StudyFindings;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.proof.demo.Dciodvfy;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Restorer;

/** The walk of docs/models.md from a folder of DICOM studies of healthy people to a release that serves, on tiny data. */
@Timeout(300)
@Slow
class OwnModelInADayTest {
    private static final int SIDE = 64;
    private static final int LABELLED = 6;
    /** Less in the photographs that are judged, so that chance makes none of the normal ones stand out. */
    private static final int NOISE = 20;

    private static final String ALSO =
            "restored-image,triptych,segmentation,parametric-map,measurement-report,presentation-state,"
                    + "key-object-selection,multi-frame-secondary-capture";

    private final Random random = new Random(12);

    @TempDir
    Path folder;

    @AfterEach
    void forgetModels() {
        DocumentedCommands.forgetModels();
    }

    /** Every fourth study is JPEG, as cameras send. */
    @Test
    void colourPhotographsOfHealthyEyesBecomeAReleaseThatJudgesStudiesOfThem() throws Exception {
        Tool.assumeInstalled("dcmcjpeg", "gdcmconv");
        Files.writeString(folder.resolve("fundus.json"), DocumentedCommands.block("json", "\"OP\""));
        fundi("STUDIES", 12);
        fundi("SITE", 20);
        labelledPictures();
        fundus("STUDY", "normal", false);
        jpeg(fundus("STUDY", "spot", true));

        ModelRelease release = walk();

        assertThat(release.file().eligibility().photometricInterpretation()).containsExactly("RGB", "YBR_FULL_422");
        assertThat(judged(release, "normal").priority()).isNotEqualTo(Priority.HIGH);
        assertThat(judged(release, "spot").priority()).isEqualTo(Priority.HIGH);
        Map<String, Dataset> objects = objects();
        assertThat(objects)
                .containsKeys(SopClass.SEGMENTATION_STORAGE, SopClass.COMPREHENSIVE_3D_SR_STORAGE)
                .containsKeys(SopClass.KEY_OBJECT_SELECTION_DOCUMENT_STORAGE)
                .doesNotContainKey(SopClass.PARAMETRIC_MAP_STORAGE)
                .as("PS3.3 A.33.1: of gray images alone")
                .doesNotContainKey(SopClass.GRAYSCALE_SOFTCOPY_PRESENTATION_STATE_STORAGE);
        restoredIsGray();
        refusedWhereColourIsNotNamed();
    }

    @Test
    void slicesOfHealthyHeadsBecomeAReleaseThatJudgesStudiesOfThem() throws Exception {
        Files.copy(Path.of("models/brain-flair/profile.json"), folder.resolve("fundus.json"));
        heads("STUDIES", 12);
        heads("SITE", 20);
        labelledSlices();
        heads("STUDY", 1);
        for (int slice = 0; slice < 3; slice++) {
            head("STUDY", "lesion", slice, true);
        }

        ModelRelease release = walk();

        assertThat(judged(release, "p0").priority()).isNotEqualTo(Priority.HIGH);
        assertThat(judged(release, "lesion").priority()).isEqualTo(Priority.HIGH);
        assertThat(objects())
                .containsKeys(SopClass.PARAMETRIC_MAP_STORAGE, SopClass.GRAYSCALE_SOFTCOPY_PRESENTATION_STATE_STORAGE);
    }

    /** The document's lines, but for their sizes. */
    private ModelRelease walk() throws IOException {
        DocumentedCommands document = new DocumentedCommands(folder);
        List<String> commands = document.commands("--data STUDIES");
        assertThat(commands).hasSize(4);
        String train = commands.get(0);
        assertThat(train).contains("--iterations 1000 --batch 8");
        String tiny = train.replace("--iterations 1000 --batch 8", "--iterations 20 --batch 4");
        String work = folder.resolve("work").toString();
        assertThat(document.run(tiny, "--width", "2", "--every", "10", "--device", "cpu", "--work", work, "--try"))
                .contains("20/20", "wrote");
        // Twenty discs say too little of what normal images look like.
        assertThat(document.run(commands.get(1), "--refused-normals", "0"))
                .contains("20 normal studies of 20 patients", "5 false alarms in 100 normal studies promised");
        assertThat(document.run(commands.get(2))).contains("fundus/1", "report.html");
        assertThat(document.run(commands.get(3), "--also", ALSO).lines())
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.matches(".*\\.dcm: image 1 score \\d.*"));
        return ModelRelease.load(folder.resolve("sites/fundus/1"));
    }

    private StudyFinding judged(ModelRelease release, String patient) throws IOException {
        List<JudgedSlice> slices = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("STUDY/" + patient));
                Restorer restorer = Restorer.open(release, "cpu", 1)) {
            for (Path file : files.toList()) {
                try (InstanceFrames frames = InstanceFrames.open(file)) {
                    Frame frame = frames.frame(1);
                    ImageFinding finding =
                            Findings.of(restorer.restore(List.of(frame)).get(0), release);
                    slices.add(JudgedSlice.of(frame, finding, 3));
                }
            }
        }
        return StudyFindings.of(
                        slices, List.of(), digest -> Optional.of(release.file().studies()))
                .orElseThrow();
    }

    /** One of each SOP class, all of them without an error. */
    private Map<String, Dataset> objects() throws Exception {
        Map<String, Dataset> objects = new TreeMap<>();
        for (Path file : outputs()) {
            Dataset header = Dataset.readHeader(file);
            objects.put(header.require(Tag.SOPClassUID), header);
            if (Files.isExecutable(Path.of("/usr/bin/dciodvfy"))) {
                assertThat(Dciodvfy.errors(file)).as(file.toString()).isEmpty();
            }
        }
        return objects;
    }

    private List<Path> outputs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out/overlays"))) {
            return files.filter(file -> file.toString().endsWith(".dcm"))
                    .sorted()
                    .toList();
        }
    }

    private void restoredIsGray() throws IOException {
        List<Path> restored = outputs().stream()
                .filter(file -> file.getFileName().toString().startsWith("restored-image"))
                .toList();
        assertThat(restored).hasSize(2);
        for (Path file : restored) {
            Dataset header = Dataset.readHeader(file);
            assertThat(header.require(Tag.PhotometricInterpretation)).isEqualTo("MONOCHROME2");
            assertThat(header.integer(Tag.SamplesPerPixel, 0)).isEqualTo(1);
            assertThat(header.integer(Tag.BitsStored, 0)).isEqualTo(8);
            assertThat(header.require(Tag.ImageLaterality)).isEqualTo("L");
            assertThat(header.contains(Tag.RescaleSlope)).isFalse();
            assertThat(header.strings(Tag.WindowWidth)).containsExactly("256");
        }
    }

    /** Neither the sources nor what was made of them. */
    private void refusedWhereColourIsNotNamed() throws IOException {
        DocumentedCommands document = new DocumentedCommands(folder);
        try (Stream<Path> files = Files.list(folder.resolve("out/overlays"))) {
            for (Path picture :
                    files.filter(file -> file.toString().endsWith(".png")).toList()) {
                Files.delete(picture);
            }
        }
        String again = "RIGATINO_RESTORE_MODELS=sites ./rigatino restore out/overlays --out out/again";
        assertThat(document.run(again).lines()).isNotEmpty().allMatch(line -> line.endsWith("refused: own-output"));
        ModelRelease release = ModelRelease.load(folder.resolve("sites/fundus/1"));
        String gray = Files.readString(release.directory().resolve("release.json"))
                .replaceAll("(?s)(\"photometricInterpretation\"\\s*:\\s*)\\[.*?\\]", "$1[\"MONOCHROME2\"]");
        ReleaseFile file = new ObjectMapper().readValue(gray, ReleaseFile.class);
        ModelRelease.write(release.directory(), file, release.spread(), Optional.empty());
        assertThat(document.run("RIGATINO_RESTORE_MODELS=sites ./rigatino restore STUDY --out out/none")
                        .lines())
                .hasSize(2)
                .allMatch(line -> line.endsWith("refused: photometric-interpretation"));
        assertThat(folder.resolve("out/none")).isEmptyDirectory();
    }

    private void fundi(String data, int patients) throws Exception {
        for (int n = 0; n < patients; n++) {
            Path file = fundus(data, "p" + n, false);
            if (n % 4 == 0) {
                jpeg(file);
            }
        }
    }

    private Path fundus(String data, String patient, boolean spot) throws IOException {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        int noise = data.equals("STUDY") ? NOISE / 2 : NOISE;
        int bright = 130 + random.nextInt(30);
        for (int i = 0; i < SIDE * SIDE; i++) {
            int[] colour = colour(i, bright, noise, spot);
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) colour[c];
            }
        }
        String uid = uid(data, patient);
        Dataset fundus = PixelFiles.fundus(uid + ".3", SIDE, rgb)
                .put(Tag.StudyInstanceUID, uid + ".1")
                .put(Tag.SeriesInstanceUID, uid + ".2")
                .put(Tag.PatientID, data + patient);
        return write(data, patient, fundus);
    }

    private int[] colour(int i, int bright, int noise, boolean spot) {
        double fromCentre = Math.hypot(i / SIDE - 32, i % SIDE - 32);
        if (fromCentre > 28) {
            return new int[3];
        }
        if (spot && Math.hypot(i / SIDE - 24, i % SIDE - 40) < 4) {
            return new int[] {255, 255, 200};
        }
        int red = bright + random.nextInt(noise) - (int) fromCentre;
        return new int[] {red, red / 2, red / 4};
    }

    private static Path jpeg(Path file) throws Exception {
        Tool.runSuccessfully("dcmcjpeg", "+eb", "+un", file.toString(), file.toString());
        assertThat(Dataset.readHeader(file).require(Tag.PhotometricInterpretation))
                .isEqualTo("YBR_FULL_422");
        return file;
    }

    private void heads(String data, int patients) throws IOException {
        for (int n = 0; n < 3 * patients; n++) {
            head(data, "p" + n / 3, n % 3, false);
        }
    }

    private Path head(String data, String patient, int slice, boolean lesion) throws IOException {
        short[] pixels = new short[SIDE * SIDE];
        int bright = 500 + random.nextInt(50);
        for (int i = 0; i < pixels.length; i++) {
            boolean inside = Math.hypot(i / SIDE - 32, i % SIDE - 32) < 26;
            boolean white = lesion && Math.hypot(i / SIDE - 24, i % SIDE - 40) < 3;
            pixels[i] = (short) (white ? 1100 : inside ? bright + random.nextInt(4 * NOISE) : 0);
        }
        String uid = uid(data, patient);
        Dataset flair = PixelFiles.flair(uid + ".3." + (slice + 1), SIDE, pixels)
                .put(Tag.StudyInstanceUID, uid + ".1")
                .put(Tag.SeriesInstanceUID, uid + ".2")
                .put(Tag.PatientID, data + patient)
                .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(5 * slice));
        return write(data, patient, flair);
    }

    /** Under names that are the same in every run, since training takes files in their order. */
    private Path write(String data, String patient, Dataset dataset) throws IOException {
        Path studies = Files.createDirectories(folder.resolve(data + "/" + patient));
        Path file = studies.resolve(dataset.require(Tag.SOPInstanceUID) + ".dcm");
        return Files.write(file, dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    private static String uid(String data, String patient) {
        return "2.25." + Integer.toUnsignedString((data + patient).hashCode());
    }

    /** Pictures with labels, colour as cameras export it. */
    private void labelledPictures() throws IOException {
        Path data = Files.createDirectories(folder.resolve("LABELLED"));
        List<String> files = new ArrayList<>();
        for (int n = 0; n < LABELLED; n++) {
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < SIDE * SIDE; i++) {
                int[] colour = colour(i, 140, NOISE, n % 2 == 1);
                picture.setRGB(i % SIDE, i / SIDE, colour[0] << 16 | colour[1] << 8 | colour[2]);
            }
            files.add(n + ".png");
            ImageIO.write(picture, "png", data.resolve(files.get(n)).toFile());
        }
        labels(data, files, 4);
    }

    /** DICOM files with labels, as they come from an archive. */
    private void labelledSlices() throws IOException {
        Path data = folder.resolve("LABELLED");
        List<String> files = new ArrayList<>();
        for (int n = 0; n < LABELLED; n++) {
            Path file = head("LABELLED", "p" + n, 0, n % 2 == 1);
            files.add(data.relativize(file).toString());
        }
        labels(data, files, 3);
    }

    /** Every second image has a lesion. @param radius of what is marked */
    private static void labels(Path data, List<String> files, int radius) throws IOException {
        List<String> manifest = new ArrayList<>(List.of("file,split,label,mask,patient"));
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            boolean lesion = Math.hypot(i / SIDE - 24, i % SIDE - 40) < radius;
            mask.getRaster().setSample(i % SIDE, i / SIDE, 0, lesion ? 255 : 0);
        }
        for (int n = 0; n < files.size(); n++) {
            manifest.add(files.get(n) + ",dev_test," + (n % 2 == 1 ? "abnormal,mask.png" : "normal,") + ",p" + n);
        }
        ImageIO.write(mask, "png", data.resolve("mask.png").toFile());
        Files.write(data.resolve("manifest.csv"), manifest);
    }
}
