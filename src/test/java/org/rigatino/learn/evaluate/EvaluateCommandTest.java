package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.learn.metric.Curve;
import org.rigatino.learn.train.ImageFile;
import org.rigatino.network.Scripts;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.NormalLook;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.ReleaseMetrics;
import org.rigatino.restore.Releases;

@Slow
class EvaluateCommandTest extends EvaluationOfMadeUpImages {
    @Test
    void modelsAndBaselinesStandSideBySide() throws Exception {
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome outcome = evaluate("--model", release.directory().toString(), "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out())
                .contains(
                        "8 normal and 8 abnormal images of 8 patients",
                        "tiny/1 release",
                        "tiny/1 plain",
                        "pixel AUROC");
        JsonNode report = report();
        assertThat(row(report, "tiny/1", "release").get("digest").asText()).isEqualTo(release.digest());
        for (String scorer : List.of("tiny/1", "pca")) {
            JsonNode row = row(report, scorer, "release");
            for (String metric : List.of("image_auroc", "image_ap", "pixel_auroc", "pixel_ap", "aupro", "dice")) {
                assertThat(row.get(metric).asDouble(-1)).as(metric).isBetween(0.0, 1.0);
                assertThat(row.get(metric + "_interval").get(0).asDouble())
                        .isLessThanOrEqualTo(
                                row.get(metric + "_interval").get(1).asDouble());
            }
        }
        assertThat(row(report, "tiny/1", "plain").has("dice")).isFalse();
        assertThat(row(report, "tiny/1", "release").get("mark_level").asDouble())
                .isEqualTo(4);
        assertThat(row(report, "tiny/1", "plain").has("mark_level")).isFalse();
        assertThat(row(report, "pca", "release").has("marked_lesion_recall")).isFalse();
        assertThat(row(report, "tiny/1", "plain").has("pixel_auroc")).isTrue();
        ModelRelease measured = ModelRelease.load(release.directory());
        assertThat(measured.digest()).isEqualTo(release.digest());
        assertThat(ReleaseMetrics.of(measured).orElseThrow().metrics())
                .containsKeys("split", "image_auroc", "image_auroc_interval", "dice", "baselines");
        wellFormed(Files.readString(folder.resolve("out/report.html")));
        assertThat(folder.resolve("out/report.html"))
                .content()
                .contains("data:image/png", "missed first", "from 4 to 9 units");
        for (String name : List.of("roc.svg", "pr.svg", "scores.svg")) {
            String svg = Files.readString(folder.resolve("out/shareable").resolve(name));
            wellFormed(svg);
            assertThat(svg).contains("pca release").doesNotContain("data:", ".png");
        }
    }

    @Test
    void whatIsRefusedAsUnlikeIsNotJudgedAndItsShareIsTold() throws Exception {
        ModelRelease none = Releases.write(folder.resolve("models"), "none", Releases.AXIAL_FLAIR);
        ModelRelease all = unlike("all", 1e-6);
        ModelRelease few = unlike("few", 1e6);
        Outcome outcome = evaluate(
                "--model",
                none.directory().toString(),
                "--model",
                all.directory().toString(),
                "--model",
                few.directory().toString());
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains("normals unlike", "anomalies unlike");
        JsonNode refusing = row(report(), "all/1", "release");
        assertThat(refusing.get("unlike_normal").asDouble()).isEqualTo(1);
        assertThat(refusing.get("unlike_abnormal").asDouble()).isEqualTo(1);
        assertThat(refusing.get("sensitivity").asDouble()).isZero();
        assertThat(refusing.get("specificity").asDouble()).isEqualTo(1);
        assertThat(refusing.has("image_auroc")).isFalse();
        JsonNode judging = row(report(), "few/1", "release");
        JsonNode plain = row(report(), "none/1", "release");
        assertThat(judging.get("unlike_normal").asDouble()).isZero();
        assertThat(judging.get("image_auroc")).isEqualTo(plain.get("image_auroc"));
        assertThat(plain.has("unlike_normal")).isFalse();
    }

    @Test
    void whatAReleaseThatJoinsMakesOfSlicesByThemselvesIsNoMeasurementOfIt() throws Exception {
        ModelRelease release = Releases.writeJoined(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome outcome = evaluate("--model", release.directory().toString(), "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        String caveat = "tiny/1 joins slices with those beside them, and of 16 of the 16 images neither is there";
        assertThat(outcome.out()).contains(caveat);
        assertThat(ReleaseMetrics.caveats(
                        ReleaseMetrics.of(release).orElseThrow().metrics()))
                .singleElement()
                .asString()
                .startsWith(caveat);
    }

    private ModelRelease unlike(String name, double limit) throws IOException {
        return unlike(name, look(1), limit);
    }

    /** @param deviation of what lies in the first corner */
    private static NormalLook look(float deviation) {
        int cells = NormalLook.CELLS * NormalLook.CELLS;
        float[] axis = new float[cells];
        axis[0] = 1;
        return new NormalLook(new float[cells], new float[][] {axis}, new float[] {deviation}, 1);
    }

    private ModelRelease unlike(String name, NormalLook look, double limit) throws IOException {
        ModelRelease plain = Releases.write(folder.resolve("models"), name, Releases.AXIAL_FLAIR);
        Likeness likeness = new Likeness(NormalLook.CELLS, 1, limit, 0.02, 100, 10, 0, "made-up");
        return ModelRelease.write(
                plain.directory(), plain.file().withLikeness(likeness), plain.spread(), Optional.of(look));
    }

    @Test
    void twoReleasesOfOneNameHaveEachItsOwnNumbers() throws IOException {
        ModelRelease own = withThreshold("own", 1e6);
        ModelRelease sites = withThreshold("sites", -1e6);
        Outcome outcome = evaluate(
                "--model",
                own.directory().toString(),
                "--model",
                sites.directory().toString(),
                "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(recorded(own).get("specificity")).isEqualTo(1.0);
        assertThat(recorded(sites).get("specificity")).isEqualTo(0.0);
        String first = "tiny/1@" + own.digest().substring(0, 8);
        String second = "tiny/1@" + sites.digest().substring(0, 8);
        assertThat(row(report(), first, "release").get("digest").asText()).isEqualTo(own.digest());
        assertThat(row(report(), second, "release").get("digest").asText()).isEqualTo(sites.digest());
        JsonNode scores = report().get("images").get(0).get("scores");
        assertThat(scores.has(first + " release") && scores.has(second + " release"))
                .as(scores.toString())
                .isTrue();
        assertThat(folder.resolve("out/report.html")).content().contains(first, second);
        assertThat(evaluate(
                                "--model",
                                own.directory().toString(),
                                "--model",
                                own.directory().toString())
                        .error())
                .contains("are the same release, " + own.digest());
    }

    private ModelRelease withThreshold(String models, double threshold) throws IOException {
        ModelRelease tiny = Releases.write(folder.resolve(models), "tiny", Releases.AXIAL_FLAIR);
        Calibration calibration = new Calibration(List.of(1.0, 2.0, 3.0, 4.0), 0.75, threshold, 2.0);
        return ModelRelease.write(
                tiny.directory(), tiny.file().but(draft -> draft.calibration = calibration), tiny.spread());
    }

    private static Map<String, Object> recorded(ModelRelease release) throws IOException {
        return ReleaseMetrics.of(release).orElseThrow().metrics();
    }

    /** Area under the drawn curve, by trapezoids. */
    private static double area(Curve curve) {
        double area = 0;
        for (int i = 1; i < curve.points().size(); i++) {
            Curve.Point before = curve.points().get(i - 1);
            Curve.Point point = curve.points().get(i);
            area += (point.x() - before.x()) * (point.y() + before.y()) / 2;
        }
        return area;
    }

    @Test
    void chartsAndCasesAreOfWhatIsJudged() throws IOException {
        ModelRelease half = refusingHalf("dev_test");
        Cohort cohort = Cohort.read(data, "dev_test", 20);
        Evaluation evaluation = Evaluation.run(cohort, List.of(half), Treatment.of(half), "cpu");
        Row row = evaluation.rows().get(0);
        assertThat(row.metrics().get(ImageMetrics.UNLIKE_NORMAL).value()).isStrictlyBetween(0.0, 1.0);
        assertThat(row.metrics().get(ImageMetrics.UNLIKE_ABNORMAL).value()).isStrictlyBetween(0.0, 1.0);
        assertThat(area(new Charts(evaluation).curve(row, Curve::roc)))
                .isCloseTo(row.metrics().get("image_auroc").value(), within(1e-9));
        assertThat(evaluation.cases().get("half/1")).isNotEmpty().allMatch(one -> row.scores()
                .judges(one.image()));
        assertThat(evaluate("--model", half.directory().toString()).status()).isZero();
        for (JsonNode image : report().get("images")) {
            boolean judged = half.unlike(half.input(ImageFile.read(
                                    data.resolve(image.get("file").asText())))
                            .normalised()
                            .values())
                    .isEmpty();
            assertThat(image.path("refused").path("half/1 release").asText()).isEqualTo(judged ? "" : "unlike");
        }
    }

    /** A release that refuses half of a split's images as unlike, by what lies in one corner. */
    private ModelRelease refusingHalf(String split) throws IOException {
        ModelRelease plain = Releases.write(folder.resolve("models"), "half", Releases.AXIAL_FLAIR);
        NormalLook look = look(1e-3f);
        List<Double> distances = new ArrayList<>();
        for (String line : manifest) {
            if (line.contains("," + split + ",")) {
                float[] input = plain.input(ImageFile.read(data.resolve(line.split(",")[0])))
                        .normalised()
                        .values();
                distances.add(look.distance(NormalLook.coarse(input, Releases.SIZE, NormalLook.CELLS)));
            }
        }
        Collections.sort(distances);
        return unlike("half", look, distances.get(distances.size() / 2 - 1));
    }

    /** Of two of one pair one is refused, half of the time. */
    @Test
    void pairsOfLikeSharpnessAreThoseOfWhichBothAreJudged() throws IOException {
        for (int i = 0; i < 12; i++) {
            BufferedImage image = ImageIO.read(
                    data.resolve("train_normal-false-" + i + ".png").toFile());
            write("sharp-normal-" + i, image, false);
            BufferedImage mirrored = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                int gray = image.getRaster().getSample(SIDE - 1 - pixel % SIDE, pixel / SIDE, 0);
                mirrored.getRaster().setSample(pixel % SIDE, pixel / SIDE, 0, gray);
            }
            write("sharp-abnormal-" + i, mirrored, true);
        }
        writeManifest();
        ModelRelease half = refusingHalf("dev_test");
        ModelRelease all = unlike("all", 1e6);
        Outcome outcome = evaluate(
                "--model",
                all.directory().toString(),
                "--model",
                half.directory().toString(),
                "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        int pairs = report().get("sharpness_matched").get("pairs").asInt();
        assertThat(pairs).isBetween(10, 20);
        assertThat(row(report(), "all/1", "release").get("matched_pairs").asInt())
                .isEqualTo(pairs);
        assertThat(row(report(), "all/1", "release").has("matched_auroc")).isTrue();
        assertThat(recorded(all)).containsEntry("matched_pairs", pairs);
        JsonNode refusing = row(report(), "half/1", "release");
        assertThat(refusing.get("matched_pairs").asInt()).isBetween(1, 9);
        assertThat(refusing.has("matched_auroc")).isFalse();
        assertThat(outcome.out()).contains("half/1 release: both are judged of " + refusing.get("matched_pairs"));
    }

    private void write(String name, BufferedImage image, boolean abnormal) throws IOException {
        ImageIO.write(image, "png", data.resolve(name + ".png").toFile());
        manifest.add(name + ".png,dev_test," + (abnormal ? "abnormal" : "normal") + ",," + name);
    }

    @Test
    void aSplitOfOneClassIsRecordedWithoutWhatItHasNot() throws IOException {
        manifest.removeIf(line -> line.contains("dev_test-true"));
        writeManifest();
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome outcome = evaluate("--model", release.directory().toString(), "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(recorded(release)).containsKey("specificity").doesNotContainKey("image_auroc");
    }

    @Test
    void whatOthersNamedIsTextOnThePageAndNothingElse() throws Exception {
        String hostile = "<script>alert(1)<script>&amp;\"'{cohort}{#if x}.png";
        String field = '"' + hostile.replace("\"", "\"\"") + '"';
        manifest.replaceAll(line -> line.replace("dev_test-true-1.png", field));
        Files.copy(data.resolve("dev_test-true-1.png"), data.resolve(hostile));
        writeManifest();
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome outcome = evaluate("--model", release.directory().toString());
        assertThat(outcome.status()).as(outcome.error()).isZero();
        String page = Files.readString(folder.resolve("out/report.html"));
        wellFormed(page);
        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;script&gt;&amp;amp;&quot;&#39;{cohort}{#if x}.png, score")
                .doesNotContain("href=", "url(", "http:", "https:");
    }

    private static void wellFormed(String markup) throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new org.xml.sax.InputSource(new java.io.StringReader(markup)));
    }

    @Test
    void aBrightBoxIsWhatTheBaselinesFind() throws IOException {
        Path profile = folder.resolve("profile.json");
        Files.writeString(
                profile,
                """
                {"purpose": "tests", "framing": "WHOLE", "normalisation":
                 {"statistics": "MOMENTS", "low": -4.0, "high": 4.0, "threshold": 0.0},
                 "scoring": {"sign": "BRIGHTER", "smoothing": 0.5, "topShare": 0.01, "bilateral": 1.0},
                 "eligibility": null, "limits": []}
                """);
        Outcome outcome = evaluate("--profile", profile.toString(), "--grid", "32");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        JsonNode pca = row(report(), "pca", "release");
        assertThat(pca.get("image_auroc").asDouble()).isEqualTo(1);
        assertThat(pca.get("image_auroc_interval").get(0).asDouble()).isEqualTo(1);
        assertThat(pca.get("pixel_auroc").asDouble()).isGreaterThan(0.95);
        assertThat(pca.get("dice").asDouble()).isGreaterThan(0.5);
        assertThat(row(report(), "pool-logistic", "").get("image_auroc").asDouble())
                .isGreaterThan(0.9);
        assertThat(row(report(), "low mean gradient", "").get("image_auroc").asDouble())
                .isGreaterThan(0.5);
    }

    @Test
    void theNumberIsTheShareOfPairsInOrderOfTheScoresBesideIt() throws IOException {
        assertThat(evaluate().status()).isZero();
        JsonNode report = report();
        for (JsonNode row : report.get("rows")) {
            String label =
                    (row.get("scorer").asText() + " " + row.get("scoring").asText()).strip();
            double inOrder = 0;
            double pairs = 0;
            for (JsonNode high : report.get("images")) {
                for (JsonNode low : report.get("images")) {
                    if (high.get("label").asText().equals("abnormal")
                            && low.get("label").asText().equals("normal")) {
                        double difference = high.get("scores").get(label).asDouble()
                                - low.get("scores").get(label).asDouble();
                        inOrder += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
                        pairs++;
                    }
                }
            }
            assertThat(pairs).isEqualTo(64);
            assertThat(row.get("image_auroc").asDouble()).as(label).isCloseTo(inOrder / pairs, within(5e-5));
        }
    }

    @Test
    void modelsThatDifferBySeedAloneAreSummarised() throws IOException {
        List<String> arguments = new ArrayList<>();
        for (int seed = 1; seed <= 2; seed++) {
            ModelRelease release = Releases.write(folder.resolve("models"), "tiny-" + seed, Releases.AXIAL_FLAIR);
            ModelRelease.write(release.directory(), withSeed(release.file(), seed), release.spread());
            arguments.addAll(List.of("--model", release.directory().toString()));
        }
        Outcome outcome = evaluate(arguments.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains("tiny-* release, 2 seeds", "tiny-* plain, 2 seeds");
        JsonNode seeds = report().get("seeds").get(0);
        double mean = 0;
        for (int seed = 1; seed <= 2; seed++) {
            mean += row(report(), "tiny-" + seed + "/1", "release")
                            .get("image_auroc")
                            .asDouble()
                    / 2;
        }
        assertThat(seeds.get("image_auroc_mean").asDouble()).isCloseTo(mean, within(1e-4));
    }

    /** What learns does so under the first model's framing and scoring, and is no measure of another that has its own. */
    @Test
    void aReleaseRecordsBaselinesThatWereTreatedAsItTreatsImages() throws IOException {
        ModelRelease tiny = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        ModelRelease other = Releases.write(folder.resolve("models"), "other", Releases.AXIAL_FLAIR);
        Normalisation quartiles = new Normalisation(Normalisation.Statistics.QUARTILES, -1, 3, 0.1);
        ModelRelease treated = ModelRelease.write(
                other.directory(), other.file().but(draft -> draft.normalisation = quartiles), other.spread());
        Outcome outcome = evaluate(
                "--model",
                tiny.directory().toString(),
                "--model",
                treated.directory().toString(),
                "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains("metrics.json of other/1 has no pca and no pool-logistic");
        assertThat(recorded(tiny).get("baselines").toString())
                .contains("pca release", "pool-logistic", "mean intensity");
        assertThat(recorded(treated).get("baselines").toString())
                .contains("mean intensity")
                .doesNotContain("pca", "pool-logistic");
    }

    /** A reader decides too, and two of one seed are one seed. */
    @Test
    void releasesWithAReaderAreOfNoSeedsWithThoseWithoutOne() throws IOException {
        List<String> arguments = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            ModelRelease release = Releases.write(folder.resolve("models"), "tiny-" + number, Releases.AXIAL_FLAIR);
            ModelRelease seeded = ModelRelease.write(
                    release.directory(), withSeed(release.file(), Math.min(number, 2)), release.spread());
            if (number == 4) {
                Releases.withReader(seeded, 5);
            }
            arguments.addAll(List.of("--model", release.directory().toString()));
        }
        Outcome outcome = evaluate(arguments.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out())
                .contains("tiny-* release, 3 models of 2 seeds")
                .doesNotContain("4 models", "3 seeds", "4 seeds");
    }

    @Test
    void whatIsRefusedForItsContrastScoresAsABlankImage() throws IOException {
        BufferedImage even = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            boolean inside = Math.hypot(pixel % SIDE - SIDE / 2.0, pixel / SIDE - SIDE / 2.0) < SIDE / 3.0;
            even.getRaster().setSample(pixel % SIDE, pixel / SIDE, 0, inside ? 200 : 0);
        }
        write("even", even, false);
        writeManifest();
        ModelRelease tiny = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Normalisation quartiles = new Normalisation(Normalisation.Statistics.QUARTILES, -1, 3, 0.1);
        ModelRelease.write(tiny.directory(), tiny.file().but(draft -> draft.normalisation = quartiles), tiny.spread());
        assertThat(evaluate("--model", tiny.directory().toString()).status()).isZero();
        JsonNode images = report().get("images");
        JsonNode last = images.get(images.size() - 1);
        assertThat(last.get("refused").get("tiny/1 release").asText()).isEqualTo(ModelRelease.CONTRAST_RULE);
        assertThat(last.get("scores").get("tiny/1 release").asDouble()).isZero();
    }

    /** As releases of before digests were recorded, all that are shipped among them. */
    @Test
    void whereNoDigestsTellTheNameOfTheDataDoes() throws IOException {
        ModelRelease tiny = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        ReleaseFile.Training none = tiny.file().training();
        ReleaseFile.Training training = new ReleaseFile.Training(
                none.command(), "data", none.split(), 1, 3, 0, 16, 4, Map.of("recipe", "Recipe[width=2]"));
        ModelRelease release = ModelRelease.write(
                tiny.directory(), tiny.file().but(draft -> draft.training = training), tiny.spread());
        for (String split : List.of("train_normal", "unlabeled", "dev_test")) {
            Outcome outcome = evaluate("--model", release.directory().toString(), "--split", split, "--record");
            assertThat(outcome.status()).as(outcome.error()).isZero();
            List<String> caveats = ReleaseMetrics.caveats(recorded(release));
            if (split.equals("dev_test")) {
                assertThat(caveats).isEmpty();
            } else {
                assertThat(caveats)
                        .singleElement()
                        .asString()
                        .startsWith("tiny/1 does not record which images made it")
                        .contains("data", split);
                assertThat(outcome.out()).contains(caveats.get(0), "count as none where it is promoted");
            }
        }
    }

    @Test
    void ofAnImportedReleaseItIsSaidThatNobodyKnows() throws IOException {
        ModelRelease other = Releases.write(folder.resolve("models"), "mine", Releases.AXIAL_FLAIR);
        Files.delete(other.directory().resolve(ModelRelease.WEIGHTS_FILE));
        Scripts.write(other.directory().resolve(ModelRelease.SCRIPT_FILE), "torch.mul(x, 0.5)");
        ReleaseFile scripted = other.file().but(draft -> {
            draft.method = Networks.TORCHSCRIPT;
            draft.network = ReleaseFile.Network.single(Map.of());
        });
        ModelRelease release = ModelRelease.write(other.directory(), scripted, other.spread());
        Outcome outcome = evaluate("--model", release.directory().toString(), "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains("mine/1 was imported: whether its network learnt from any of these images");
        assertThat(ReleaseMetrics.caveats(recorded(release))).isEmpty();
    }

    private static ReleaseFile withSeed(ReleaseFile file, long seed) {
        ReleaseFile.Training training = file.training();
        return file.but(draft -> draft.training = new ReleaseFile.Training(
                training.command(),
                training.data(),
                training.split(),
                training.splitSeed(),
                seed,
                training.iterations(),
                training.trainedImages(),
                training.calibrationImages(),
                Map.of("recipe", "Recipe[width=2, seed=" + seed + "]")));
    }
}
