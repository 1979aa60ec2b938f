package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;

/** What {@code rigatino evaluate} says of input that it cannot use, or use in part. */
class EvaluateInputTest extends EvaluationOfMadeUpImages {
    @Test
    void baselinesThatCannotBeLearntAreSaidToBeAbsent() throws IOException {
        manifest.removeIf(line -> line.contains(",train_normal,"));
        writeManifest();
        Outcome outcome = evaluate();
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains("pca is absent", "pool-logistic is absent", "mean intensity");
        assertThat(report().get("absent")).hasSize(2);
    }

    /** A slice of air, and one beside a lesion that shows its rim. */
    @Test
    void pcaLearnsFromWhatAReleaseWould() throws IOException {
        manifest.replaceAll(line -> line
                + (line.startsWith("file,")
                        ? ",slice,slices_to_lesion"
                        : "," + manifest.indexOf(line) + (line.contains(",abnormal,") ? ",0" : ",999")));
        writeManifest();
        Path model = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR)
                .directory();
        assertThat(evaluate("--model", model.toString()).status()).isZero();
        JsonNode without = row(report(), "pca", "release");
        BufferedImage air = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(air, "png", data.resolve("air.png").toFile());
        Files.copy(data.resolve("unlabeled-true-1.png"), data.resolve("rim.png"));
        for (int patient = 0; patient < 8; patient++) {
            for (String more : List.of("air.png", "rim.png")) {
                Path copy = data.resolve(patient + more);
                Files.copy(data.resolve(more), copy);
                manifest.add(copy.getFileName() + ",train_normal,normal,,train_normalfalse-" + patient + ","
                        + (more.equals("air.png") ? "90,999" : "91,1"));
            }
        }
        writeManifest();
        assertThat(evaluate("--model", model.toString()).status()).isZero();
        assertThat(row(report(), "pca", "release")).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource({"unlabeled, pool-logistic", "train_normal, pool-logistic", "train_normal, pca"})
    void aBaselineIsNotMeasuredOnWhatItIsFittedOn(String split, String baseline) throws IOException {
        Outcome outcome = evaluate("--split", split);
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains(baseline + " is absent: it is fitted on images of the split " + split);
        assertThat(report().get("rows"))
                .noneMatch(row -> row.get("scorer").asText().equals(baseline));
    }

    @Test
    void aBaselineThatCannotBeLearntTakesNoReleasesNumbersWithIt() throws IOException {
        Files.writeString(data.resolve("train_normal-false-3.png"), "no picture");
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome outcome = evaluate("--model", release.directory().toString());
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(row(report(), "tiny/1", "release").has("image_auroc")).isTrue();
        assertThat(report().get("absent")).singleElement().satisfies(sentence -> assertThat(sentence.asText())
                .startsWith("pca and pool-logistic are absent: ")
                .contains("train_normal-false-3.png"));
        Path nowhere = folder.resolve("nowhere/report.json");
        Files.delete(folder.resolve("out/report.json"));
        oneLine(evaluate("--json", nowhere.toString()), "--json " + nowhere, "there is no folder");
        assertThat(folder.resolve("out/report.json")).doesNotExist();
    }

    @Test
    void pcaNeedsNothingOfThePool() throws IOException {
        Files.delete(data.resolve("unlabeled-true-1.png"));
        Outcome outcome = evaluate();
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(row(report(), "pca", "release").has("image_auroc")).isTrue();
        assertThat(report().get("absent")).singleElement().satisfies(sentence -> assertThat(sentence.asText())
                .startsWith("pool-logistic is absent: ")
                .contains("unlabeled-true-1.png"));
    }

    @Test
    void wrongInputEndsInOneLineThatSaysWhat() throws IOException {
        oneLine(evaluate("--split", "test"), "split test", "dev_test, train_normal, unlabeled");
        oneLine(evaluate("--model", folder.resolve("none").toString()), "there is no model release", "none");
        oneLine(evaluate("--profile", folder.resolve("none.json").toString()), "there is no profile", "none.json");
        BufferedImage small = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(small, "png", data.resolve("mask.png").toFile());
        oneLine(evaluate(), "mask.png is 8x8", "32x32");
        Files.delete(data.resolve("mask.png"));
        oneLine(evaluate(), "lacks 8 of the files", "mask.png");
        data = folder.resolve("nowhere");
        oneLine(evaluate(), "nowhere", "manifest.csv");
    }

    @Test
    void dicomFilesAreMeasuredAsPicturesAreWhereTheReleaseTakesThem() throws IOException {
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        String[] model = {"--model", release.directory().toString()};
        assertThat(evaluate(model).status()).isZero();
        JsonNode pictures = report().get("images");
        asDicom("dev_test-", "MR");
        Outcome outcome = evaluate(model);
        assertThat(outcome.status()).as(outcome.error()).isZero();
        JsonNode files = report().get("images");
        assertThat(files).hasSameSizeAs(pictures);
        for (int image = 0; image < files.size(); image++) {
            assertThat(files.get(image).get("file").asText()).endsWith(".dcm");
            assertThat(files.get(image).get("scores").get("tiny/1 release"))
                    .isEqualTo(pictures.get(image).get("scores").get("tiny/1 release"));
        }
        asDicom("dev_test-true", "CT");
        oneLine(
                evaluate(model),
                "tiny/1 refuses DICOM files of the split dev_test: 8 by modality (",
                "and others)",
                "take their lines out of");
        assertThat(evaluate().status()).as("baselines ask no header").isZero();
    }

    @Test
    void whatWasLearntIsNotMeasuredWithoutAWord() throws IOException {
        String first = manifest.get(1).split(",")[4];
        int last = manifest.size() - 1;
        String whole = manifest.get(last);
        manifest.set(last, whole.substring(0, whole.lastIndexOf(',') + 1) + first);
        writeManifest();
        oneLine(evaluate(), "line " + manifest.size(), "the patient of line 2", "one split only");
        manifest.set(last, whole);
        manifest.add(whole);
        writeManifest();
        oneLine(evaluate(), "line " + manifest.size(), "the file of line " + (manifest.size() - 1));
        manifest.remove(last + 1);
        writeManifest();
        Files.copy(
                data.resolve("train_normal-false-0.png"),
                data.resolve("dev_test-false-0.png"),
                StandardCopyOption.REPLACE_EXISTING);
        Outcome told = evaluate();
        assertThat(told.status()).as(told.error()).isZero();
        String sentence = "1 file of manifest.csv has the same bytes as a file of another split, line 30 as line 2";
        assertThat(told.out()).contains(sentence);
        assertThat(folder.resolve("out/report.html")).content().contains(sentence);
    }

    /** As a spreadsheet leaves one cell empty: all studies would go unmeasured. */
    @Test
    void slicesAreGivenOfAllImagesOrOfNone() throws IOException {
        manifest.replaceAll(line -> line
                + (line.startsWith("file,")
                        ? ",slice,slices_to_lesion"
                        : "," + manifest.indexOf(line) + (line.contains(",abnormal,") ? ",0" : ",999")));
        int last = manifest.size() - 1;
        manifest.set(last, manifest.get(last).replaceAll(",[0-9]+,[0-9]+$", ",,"));
        writeManifest();
        oneLine(evaluate(), "1 of", "split dev_test have no slice", "line " + manifest.size());
    }

    @Test
    void aNormalImageWhoseMaskHasALesionIsRefused() throws IOException {
        manifest.replaceAll(
                line -> line.startsWith("dev_test-false-0") ? line.replace("normal,,", "normal,mask.png,") : line);
        writeManifest();
        oneLine(evaluate(), "line 30", "is normal, and its mask", "mask.png has pixels of a lesion");
    }

    @Test
    void imagesAreThoseThatTheManifestHasTheDigestsOf() throws IOException {
        for (int line = 1; line < manifest.size(); line++) {
            Path image = data.resolve(manifest.get(line).split(",")[0]);
            manifest.set(line, manifest.get(line) + "," + DigestUtils.sha256Hex(Files.readAllBytes(image)));
        }
        manifest.set(0, manifest.get(0) + ",sha256");
        writeManifest();
        assertThat(evaluate().status()).isZero();
        Files.copy(
                data.resolve("dev_test-false-1.png"),
                data.resolve("dev_test-false-0.png"),
                StandardCopyOption.REPLACE_EXISTING);
        oneLine(evaluate(), "line 30", "sha256", "dev_test-false-0.png");
    }

    /** An abnormal image that is as sharp as one normal one, among blurred ones. */
    @Test
    void onePairOfLikeSharpnessIsTooFewToCompareOn() throws IOException {
        Files.copy(data.resolve("dev_test-false-0.png"), data.resolve("sharp.png"));
        manifest.add("sharp.png,dev_test,abnormal,,sharp");
        writeManifest();
        Outcome outcome = evaluate();
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out())
                .contains("Sharpness tells the classes apart: 1 pair of", "not measured there", "10 pairs are needed")
                .doesNotContain("AUROC on pairs", "Normalisation[", "Scoring[")
                .contains("framing WHOLE; normalisation by MOMENTS");
        assertThat(report().get("sharpness_matched").get("pairs").asInt()).isEqualTo(1);
        assertThat(row(report(), "pca", "release").has("matched_auroc")).isFalse();
    }

    /** The images of the manifest that are called so become DICOM files of this modality. */
    private void asDicom(String called, String modality) throws IOException {
        for (int line = 1; line < manifest.size(); line++) {
            String[] fields = manifest.get(line).split(",", 2);
            if (fields[0].startsWith(called)) {
                Path picture = data.resolve(fields[0].replaceAll("\\.dcm$", ""));
                short[] pixels = new short[SIDE * SIDE];
                Raster raster = ImageIO.read(picture.toFile()).getRaster();
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (short) raster.getSample(i % SIDE, i / SIDE, 0);
                }
                Dataset dataset =
                        PixelFiles.flair("2.25.7" + line, SIDE, pixels).put(Tag.Modality, modality);
                Files.write(
                        data.resolve(picture.getFileName() + ".dcm"),
                        dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
                manifest.set(line, picture.getFileName() + ".dcm," + fields[1]);
            }
        }
        writeManifest();
    }

    private static void oneLine(Outcome outcome, String... parts) {
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.error().strip())
                .startsWith("rigatino evaluate: ")
                .doesNotContain("\n")
                .contains(parts);
    }
}
