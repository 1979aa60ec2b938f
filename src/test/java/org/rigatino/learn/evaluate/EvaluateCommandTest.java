package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalLook;
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
        ModelRelease plain = Releases.write(folder.resolve("models"), name, Releases.AXIAL_FLAIR);
        int cells = NormalLook.CELLS * NormalLook.CELLS;
        float[] axis = new float[cells];
        axis[0] = 1;
        NormalLook look = new NormalLook(new float[cells], new float[][] {axis}, new float[] {1}, 1);
        Likeness likeness = new Likeness(NormalLook.CELLS, 1, limit, 0.02, 100, 10, 0, "made-up");
        return ModelRelease.write(
                plain.directory(), plain.file().withLikeness(likeness), plain.spread(), Optional.of(look));
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
