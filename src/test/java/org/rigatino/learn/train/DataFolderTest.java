package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Framing;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Releases;

class DataFolderTest {
    private static final int SIDE = 40;

    @TempDir
    Path folder;

    private static final Eligibility WITHOUT_PLANE = new Eligibility(
            List.of("MR"),
            List.of("MONOCHROME2"),
            16,
            List.of(),
            List.of("HEAD"),
            "HEAD",
            null,
            null,
            null,
            0,
            0.05,
            List.of(),
            null);

    private DataSet read() throws IOException {
        return read(Releases.AXIAL_FLAIR);
    }

    private DataSet read(Eligibility eligibility) throws IOException {
        ImageLoader loader =
                new ImageLoader(new ReleaseFile.Grid(Framing.HEAD, 32), ReleaseProfile.DEFAULT.normalisation());
        return new DataFolder(folder, loader, eligibility, "_").read();
    }

    private void picture(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.getRaster().setSample(i % SIDE, i / SIDE, 0, disc(i));
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private void pictures(String... names) throws IOException {
        for (String name : names) {
            picture(name);
        }
    }

    @Test
    void namesThatAllBeginAlikeAreNotOnePatient() throws IOException {
        for (int i = 0; i < 101; i++) {
            picture("normal/TCGA_" + i + "_1.png");
        }
        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("all 101 images are of one patient, \"TCGA\"")
                .hasMessageContaining("--patient-separator");
    }

    @Test
    void imagesThatALinkLeadsToAreLearntAndALoopIsNamed(@TempDir Path elsewhere) throws IOException {
        picture("normal/a_1.png");
        Files.move(folder.resolve("normal/a_1.png"), elsewhere.resolve("b_1.png"));
        picture("normal/a_1.png");
        Files.createSymbolicLink(folder.resolve("normal/more"), elsewhere);
        assertThat(read().normals())
                .extracting(PatientImage::file)
                .containsExactly("normal/a_1.png", "normal/more/b_1.png");
        Path loop = Files.createSymbolicLink(elsewhere.resolve("loop"), elsewhere);
        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot look through " + folder.resolve("normal"))
                .hasMessageContaining("more/" + loop.getFileName());
    }

    /** Else one of its names is trained on as a patient and the other held back as another. */
    @Test
    void aPictureBesideALinkToItIsLearntOnce() throws IOException {
        pictures("normal/a_1.png", "normal/c/1.png");
        Files.createSymbolicLink(folder.resolve("normal/b_1.png"), folder.resolve("normal/a_1.png"));
        Files.createSymbolicLink(folder.resolve("normal/d"), folder.resolve("normal/c"));
        DataSet set = read();
        assertThat(set.normals()).extracting(PatientImage::file).containsExactly("normal/a_1.png", "normal/c/1.png");
        assertThat(set.omissions().summary()).isEqualTo("2 not used: 2 linked-twice");
    }

    /** A split of whole series holds what must not be learnt as normal. */
    @Test
    void whatAManifestLabelsAbnormalIsNoNormal() throws IOException {
        pictures("a.png", "b.png", "c.png", "d.png");
        Files.writeString(
                folder.resolve("manifest.csv"),
                """
                file,split,label,mask,patient
                a.png,train_normal,normal,,p1
                b.png,train_normal,abnormal,,p1
                c.png,train_normal,normal,,p2
                d.png,unlabeled,abnormal,,p3
                """);
        DataSet set = read();
        assertThat(set.normals()).extracting(PatientImage::patient).containsExactly("p1", "p2");
        assertThat(set.pool()).hasSize(1);
        assertThat(set.omissions().summary()).isEqualTo("1 not used: 1 labelled-abnormal");
    }

    /** Away from a lesion, five at least: what {@code evaluate} holds for a lesion-free series. */
    @Test
    void aManifestsLesionFreeSeriesAreItsNormalStudies() throws IOException {
        picture("none.png");
        List<String> lines = new ArrayList<>(List.of("file,split,label,mask,patient,slice,slices_to_lesion"));
        for (int slice = 1; slice <= 8; slice++) {
            pictures("long" + slice + ".png", "short" + slice + ".png");
            lines.add("long" + slice + ".png,train_normal,normal,,long," + slice + "," + slice);
            lines.add("short" + slice + ".png,train_normal,normal,,short," + slice + "," + Math.max(1, slice - 3));
        }
        lines.add("none.png,train_normal,normal,,none,,");
        Files.write(folder.resolve("manifest.csv"), lines);
        List<PatientImage> normals = read().normals();
        assertThat(normals).hasSize(12);
        assertThat(normals.stream().flatMap(image -> image.slice().stream()))
                .hasSize(7)
                .allMatch(slice -> slice.study().equals("long"))
                .extracting(slice -> slice.place().orElseThrow().position())
                .containsExactly(2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
    }

    /** What is beside a lesion often shows its rim, and what shows next to nothing is refused where it is served. */
    @Test
    void ofSeriesOnlyWhatIsAwayFromALesionAndShowsSomethingIsLearnt() throws IOException {
        pictures("a.png", "b.png", "c.png", "d.png");
        for (String air : List.of("air.png", "air2.png")) {
            BufferedImage black = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
            ImageIO.write(black, "png", folder.resolve(air).toFile());
        }
        Files.writeString(
                folder.resolve("manifest.csv"),
                """
                file,split,label,mask,patient,slice,slices_to_lesion
                a.png,train_normal,normal,,p1,1,1
                b.png,train_normal,normal,,p1,2,2
                c.png,train_normal,normal,,p2,1,999
                air.png,train_normal,normal,,p2,2,999
                d.png,unlabeled,normal,,p3,1,1
                air2.png,unlabeled,normal,,p3,2,2
                """);
        DataSet set = read();
        assertThat(set.normals()).extracting(PatientImage::patient).containsExactly("p1", "p2");
        assertThat(set.pool()).extracting(PatientImage::file).containsExactly("d.png");
        assertThat(set.omissions().summary()).isEqualTo("3 not used: 1 beside-a-lesion, 2 foreground");
    }

    /** Label and patient are the manifest's, what is learnt from is what the release will take. */
    @Test
    void aManifestNamesDicomFilesToo() throws IOException {
        picture("a.png");
        List<String> lines = new ArrayList<>(List.of("file,split,label,mask,patient"));
        lines.add("a.png,train_normal,normal,,p1");
        for (Dataset dataset : List.of(
                slice("SECRET-1", 1),
                slice("SECRET-1", 2).put(Tag.Modality, "CT"),
                slice("SECRET-1", 3).putPixels(new short[SIDE * SIDE]))) {
            String name = PixelFiles.write(folder, dataset).getFileName().toString();
            lines.add(name + ",train_normal,normal,,p2");
            Files.copy(folder.resolve(name), folder.resolve("pool-" + name));
            lines.add("pool-" + name + ",unlabeled,abnormal,,p3");
        }
        Files.write(folder.resolve("manifest.csv"), lines);
        DataSet set = read();
        assertThat(set.normals()).extracting(PatientImage::patient).containsExactly("p1", "p2");
        assertThat(set.normals().get(1).image().values())
                .isEqualTo(set.normals().get(0).image().values());
        assertThat(set.pool()).singleElement().matches(image -> image.abnormal().orElseThrow());
        assertThat(set.omissions().summary()).isEqualTo("4 not used: 2 foreground, 2 modality");
    }

    @Test
    void aManifestWithoutNormalsIsRefused() throws IOException {
        Files.writeString(
                folder.resolve("manifest.csv"), "file,split,label,mask,patient\na.png,train_normal,abnormal,,p1\n");
        assertThatIOException()
                .isThrownBy(this::read)
                .withMessageContaining("has no normal rows of the split train_normal");
    }

    private static int disc(int i) {
        return Math.hypot(i / SIDE - 20, i % SIDE - 20) < 15 ? 100 + i % 50 : 0;
    }

    private static Dataset slice(String patient, int number) {
        int[] pixels = new int[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = disc(i);
        }
        return PixelFiles.header(SIDE, SIDE)
                .put(Tag.SOPInstanceUID, "2.25.100" + number)
                .put(Tag.PatientID, patient)
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.BodyPartExamined, "HEAD")
                .put(Tag.SeriesDescription, "AX FLAIR")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .putPixels(PixelFiles.words(pixels));
    }

    @Test
    void patientsOfPicturesComeFromFoldersOrFileNames() throws IOException {
        picture("normal/anna_1.png");
        picture("normal/anna_2.png");
        picture("normal/bert.png");
        picture("normal/carl/anna_3.png");
        picture("unlabeled/dora_1.png");
        DataSet set = read();
        assertThat(set.normals()).extracting(PatientImage::patient).containsExactly("anna", "anna", "bert", "carl");
        assertThat(set.pool()).extracting(PatientImage::patient).containsExactly("dora");
        assertThat(set.pool()).allMatch(image -> image.abnormal().isEmpty());
    }

    @Test
    void picturesThatCountTwiceAreToldOf() throws IOException {
        picture("normal/anna_1.png");
        picture("normal/anna_2.png");
        assertThat(read().warnings()).as("slices of one patient may be alike").isEmpty();
        picture("normal/bert_1.png");
        picture("normal/carl_1.png");
        pictures("unlabeled/dora_1.png", "unlabeled/emma_1.png");
        for (String dark : List.of("normal/emil.png", "normal/fred.png")) {
            BufferedImage black = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            ImageIO.write(black, "png", folder.resolve(dark).toFile());
        }
        assertThat(read().warnings())
                .hasSize(2)
                .anyMatch(told ->
                        told.startsWith("2 normal images look the same to the network as one of another patient"))
                .anyMatch(told -> told.startsWith("2 unlabeled images look the same to the network as a normal one"));
    }

    /** As with a manifest: who is held back of the normal ones would be learnt from. */
    @Test
    void soAreThoseOfAManifestThatAreTheSameInAnotherEncoding() throws IOException {
        pictures("a.png", "b.png");
        for (String name : List.of("a", "b")) {
            BufferedImage image = ImageIO.read(folder.resolve(name + ".png").toFile());
            ImageIO.write(image, "tiff", folder.resolve(name + ".tif").toFile());
        }
        Files.writeString(
                folder.resolve("manifest.csv"),
                """
                file,split,label,mask,patient
                a.png,train_normal,normal,,p1
                a.tif,train_normal,normal,,p2
                b.tif,unlabeled,normal,,p3
                """);
        assertThat(read().warnings())
                .anyMatch(told ->
                        told.startsWith("1 normal image looks the same to the network as one of another patient"))
                .anyMatch(told -> told.startsWith("1 unlabeled image looks the same to the network as a normal one"));
    }

    @Test
    void aPatientOfNormalWhoIsInUnlabeledTooIsRefused() throws IOException {
        pictures("normal/anna_1.png", "normal/bert_1.png", "normal/carl_1.png");
        pictures("unlabeled/dora_1.png", "unlabeled/anna_3.png", "unlabeled/anna_4.png", "unlabeled/carl_2.png");
        assertThatIOException()
                .isThrownBy(this::read)
                .withMessageContainingAll(
                        "2 patients of normal are in unlabeled too",
                        "normal/anna_1.png and unlabeled/anna_3.png",
                        "a patient is in one of them only");
    }

    /** The same files come to the same studies, whoever says that they are normal. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whichStudyADicomFileIsOfItsHeaderSaysWithAManifestToo(boolean planes) throws IOException {
        List<String> lines = new ArrayList<>(List.of("file,split,label,mask,patient"));
        for (int number = 1; number <= 3; number++) {
            Dataset file = slice("anna", number)
                    .put(Tag.StudyInstanceUID, "2.25.7" + number / 2)
                    .put(Tag.SeriesInstanceUID, "2.25.8" + number / 2)
                    .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(5 * number));
            lines.add(PixelFiles.write(folder, file).getFileName() + ",train_normal,normal,,anna");
        }
        Eligibility eligibility = planes ? Releases.AXIAL_FLAIR : WITHOUT_PLANE;
        List<Optional<StudySlice>> slices = slices(eligibility);
        assertThat(slices).extracting(slice -> slice.orElseThrow().study()).containsOnly("2.25.70", "2.25.71");
        Files.write(folder.resolve("manifest.csv"), lines);
        assertThat(slices(eligibility)).containsExactlyInAnyOrderElementsOf(slices);
    }

    private List<Optional<StudySlice>> slices(Eligibility eligibility) throws IOException {
        return read(eligibility).normals().stream().map(PatientImage::slice).toList();
    }

    @Test
    void labelsOfAManifestsPoolAreKnown() throws IOException {
        pictures("a.png", "b.png", "c.png");
        Files.write(
                folder.resolve("manifest.csv"),
                List.of(
                        "file,split,label,mask,patient",
                        "a.png,train_normal,normal,,p1",
                        "b.png,unlabeled,abnormal,,p2",
                        "c.png,dev_test,abnormal,,p3"));
        DataSet set = read();
        assertThat(set.warnings())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("2 files of manifest.csv have the same bytes as a file of another split, line 3 as line 2");
        assertThat(set.normals()).extracting(PatientImage::patient).containsExactly("p1");
        assertThat(set.pool()).singleElement().matches(image -> image.abnormal().orElseThrow());
    }

    @Test
    void dicomIsWhatTheReleaseIsEligibleForAndTheRestIsListedByRule() throws IOException {
        Path series = Files.createDirectories(folder.resolve("study/series"));
        PixelFiles.write(series, slice("SECRET-1", 1));
        PixelFiles.write(series, slice("SECRET-2", 2));
        PixelFiles.write(folder, slice("SECRET-2", 2));
        PixelFiles.write(series, slice("SECRET-2", 3).put(Tag.Modality, "CT"));
        PixelFiles.write(series, slice("SECRET-2", 4).put(Tag.SeriesDescription, "T1"));
        PixelFiles.write(series, slice("", 5));
        PixelFiles.write(series, slice("SECRET-3", 6).putPixels(new short[SIDE * SIDE]));
        PixelFiles.write(series, slice("SECRET-3", 7).putPixels(new short[SIDE]));
        Files.writeString(series.resolve("readme.txt"), "no image");
        DataSet set = read();
        assertThat(set.normals()).extracting(PatientImage::patient).containsExactlyInAnyOrder("SECRET-1", "SECRET-2");
        StringWriter console = new StringWriter();
        set.omissions().report(folder, new PrintWriter(console));
        String expected = "7 not used: 1 duplicate, 1 foreground, 1 modality, 1 no-patient-id, 1 not-dicom,"
                + " 1 series-description, 1 unreadable";
        assertThat(console.toString()).contains(expected).doesNotContain("SECRET");
        assertThat(Files.readString(folder.resolve("not-used.tsv")))
                .contains("not-dicom\tstudy/series/readme.txt")
                .doesNotContain("SECRET");
    }

    @Test
    void aDicomImageIsSeenAsTheSamePixelsInAPicture() throws IOException {
        picture("normal/a.png");
        PixelFiles.write(folder.resolve("normal"), slice("b", 1));
        List<PatientImage> images = read().normals();
        assertThat(images).hasSize(2);
        assertThat(images.get(0).image().values())
                .isEqualTo(images.get(1).image().values());
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertThatIOException().isThrownBy(this::read).withMessageContainingAll("no normal images", "manifest.csv");
        picture("a.png");
        assertThatIOException().isThrownBy(this::read).withMessageContainingAll("no normal images", "1 not-dicom");
        Files.createDirectories(folder.resolve("normal"));
        assertThatIOException().isThrownBy(this::read).withMessageContaining("no normal images");
        Files.writeString(folder.resolve("normal/broken.png"), "no image");
        assertThatIOException().isThrownBy(this::read).withMessageContaining("broken.png");
        Files.writeString(folder.resolve("manifest.csv"), "file,split,label,mask,patient\n");
        assertThatIOException()
                .isThrownBy(this::read)
                .withMessageContaining("no normal rows of the split train_normal");
    }

    @Test
    void onePatientAloneCannotBeDivided() throws IOException {
        picture("normal/anna_1.png");
        picture("normal/anna_2.png");
        List<PatientImage> normals = read().normals();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holdout.byPatient(normals, PatientImage::patient, 0.2, 1))
                .withMessageContainingAll("2 normal images are of 1 patient", "two at least");
    }

    @Test
    void withoutAProfileNoDicomImageIsEligible() throws IOException {
        PixelFiles.write(folder, slice("a", 1));
        ImageLoader loader =
                new ImageLoader(new ReleaseFile.Grid(Framing.HEAD, 32), ReleaseProfile.DEFAULT.normalisation());
        DataFolder without = new DataFolder(folder, loader, Eligibility.NONE, "_");
        assertThatIOException().isThrownBy(without::read).withMessageContainingAll("1 modality", "profile");
    }
}
