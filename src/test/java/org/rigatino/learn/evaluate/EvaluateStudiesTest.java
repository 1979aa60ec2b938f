package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rigatino.finding.Findings;
import org.rigatino.learn.train.ImageFile;
import org.rigatino.restore.JoinedDrawing;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.ReleaseMetrics;
import org.rigatino.restore.Releases;
import org.rigatino.restore.Restorer;

class EvaluateStudiesTest extends EvaluationOfMadeUpImages {
    private static final int PATIENTS = 4;
    /** Of the last patient, whose slices away from the lesion are too few for a series. */
    private static final int FEW = 4;

    /** Each patient's slices in order: two with a lesion, its neighbour, then some away from it. */
    private void writeSeries() throws IOException {
        List<String> others = manifest.stream()
                .skip(1)
                .filter(line -> !line.contains("dev_test"))
                .map(line -> line + ",,")
                .toList();
        manifest.clear();
        manifest.add("file,split,label,mask,patient,slice,slices_to_lesion");
        manifest.addAll(others);
        for (int patient = 0; patient < PATIENTS; patient++) {
            int away = patient == PATIENTS - 1 ? FEW : 5;
            for (int slice = 0; slice < 3 + away; slice++) {
                boolean lesion = slice < 2;
                String image =
                        lesion ? "dev_test-true-" + (2 * patient + slice) : "dev_test-false-" + (patient + slice) % 8;
                String file = "p" + patient + "-" + slice;
                Files.copy(data.resolve(image + ".png"), data.resolve(file + ".png"));
                String label = lesion ? "abnormal,mask.png" : "normal,";
                manifest.add(String.format(
                        "%s.png,dev_test,%s,p%d,%d,%d", file, label, patient, slice + 1, Math.max(0, slice - 1)));
            }
        }
        writeManifest();
    }

    /** Highest score of each patient's slices from one on, by the report's own list of images. */
    private static double[] highest(JsonNode report, String label, int from, int patients) {
        double[] highest = new double[patients];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        int slice = 0;
        String before = "";
        for (JsonNode image : report.get("images")) {
            String patient = image.get("patient").asText();
            slice = patient.equals(before) ? slice + 1 : 0;
            before = patient;
            int number = Integer.parseInt(patient.substring(1));
            if (slice >= from && number < patients) {
                double score = image.get("scores").get(label).asDouble();
                highest[number] = Math.max(highest[number], score);
            }
        }
        return highest;
    }

    private static double auroc(double[] high, double[] low) {
        double inOrder = 0;
        for (double h : high) {
            for (double l : low) {
                inOrder += h > l ? 1 : h == l ? 0.5 : 0;
            }
        }
        return inOrder / high.length / low.length;
    }

    @Test
    void patientsAreTheStudiesWhereTheManifestNamesSlices() throws IOException {
        writeSeries();
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome outcome = evaluate("--model", release.directory().toString(), "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains("4 series with a lesion and 3 lesion-free ones", "study AUROC");
        JsonNode report = report();
        assertThat(report.get("studies_with_lesion").asInt()).isEqualTo(4);
        assertThat(report.get("studies_lesion_free").asInt()).isEqualTo(3);
        double threshold = release.file().calibration().threshold();
        for (JsonNode row : report.get("rows")) {
            String label =
                    (row.get("scorer").asText() + " " + row.get("scoring").asText()).strip();
            double[] lesion = highest(report, label, 0, PATIENTS);
            double[] free = highest(report, label, 3, PATIENTS - 1);
            assertThat(row.get("study_auroc").asDouble()).as(label).isCloseTo(auroc(lesion, free), within(5e-5));
            assertThat(row.get("study_auroc_interval")).hasSize(2);
            if (label.equals("tiny/1 release")) {
                assertThat(row.get("study_false_alarm_rate").asDouble())
                        .isCloseTo(share(free, threshold), within(5e-5));
                assertThat(row.get("study_sensitivity").asDouble()).isCloseTo(share(lesion, threshold), within(5e-5));
                assertThat(row.get("study_false_alarm_rate_interval")).hasSize(2);
            }
        }
        assertThat(row(report, "tiny/1", "plain").has("study_false_alarm_rate")).isFalse();
        assertThat(ReleaseMetrics.of(ModelRelease.load(release.directory()))
                        .orElseThrow()
                        .metrics())
                .containsKeys("study_auroc", "study_false_alarm_rate_interval", "sensitivity_by_lesion_pixels");
    }

    /** Of three slices side by side the lowest speaks; the release says against what, and the report by which rule. */
    @Test
    void aReleaseWithNormalStudiesIsMeasuredByItsOwnRule() throws IOException {
        writeSeries();
        ModelRelease plain = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        assertThat(evaluate("--model", plain.directory().toString()).status()).isZero();
        JsonNode before = report();
        assertThat(row(before, "tiny/1", "release").get("study_rule").asText()).startsWith("highest slice");
        double[] free = lowestOfThree(before, 3, PATIENTS - 1);
        double[] lesion = lowestOfThree(before, 0, PATIENTS);
        double between = (Arrays.stream(free).min().orElseThrow()
                        + Arrays.stream(free).max().orElseThrow())
                / 2;
        NormalStudies normals = new NormalStudies(3, List.of(0.0, 0.0, between, between), 0.2, "made up");
        ModelRelease release =
                ModelRelease.write(plain.directory(), plain.file().withStudies(normals), plain.spread());

        Outcome outcome = evaluate("--model", release.directory().toString(), "--record");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out())
                .contains("20 in 100 and below, against 4 normal studies of made up", "All others: highest slice");
        JsonNode row = row(report(), "tiny/1", "release");
        assertThat(row.get("study_rule").asText()).contains("3 neighbouring slices");
        assertThat(row.get("study_auroc").asDouble()).isCloseTo(auroc(lesion, free), within(5e-5));
        assertThat(row.get("study_false_alarm_rate").asDouble()).isCloseTo(share(free, between), within(5e-5));
        assertThat(row.get("study_sensitivity").asDouble()).isCloseTo(share(lesion, between), within(5e-5));
        assertThat(ReleaseMetrics.of(release).orElseThrow().metrics()).containsKey("study_rule");
    }

    /** Of each patient's slices from one on, all in a row. */
    private static double[] lowestOfThree(JsonNode report, int from, int patients) {
        double[] best = new double[patients];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int patient = 0; patient < patients; patient++) {
            List<Double> scores = new ArrayList<>();
            for (JsonNode image : report.get("images")) {
                if (image.get("patient").asText().equals("p" + patient)) {
                    scores.add(image.get("scores").get("tiny/1 release").asDouble());
                }
            }
            for (int slice = from; slice + 3 <= scores.size(); slice++) {
                best[patient] = Math.max(best[patient], Collections.min(scores.subList(slice, slice + 3)));
            }
        }
        return best;
    }

    /** Scores of a patient's slices from one on, in their order, joined among themselves. */
    private double[] joined(Restorer restorer, int patient, int from, int slices) throws IOException {
        ModelRelease release = restorer.release();
        List<NetworkInput> inputs = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int slice = from; slice < slices; slice++) {
            inputs.add(release.input(ImageFile.read(data.resolve("p" + patient + "-" + slice + ".png"))));
            numbers.add(slice);
        }
        JoinedDrawing<Integer> drawing = new JoinedDrawing<>(restorer, (one, next) -> true);
        List<JoinedDrawing.Drawn<Integer>> drawn = new ArrayList<>(drawing.add(numbers, inputs));
        drawn.addAll(drawing.finish());
        return drawn.stream()
                .mapToDouble(one -> Findings.of(one.restored(), release).score())
                .toArray();
    }

    /** In whatever order the manifest lists them; what lies beside a lesion has no part in a series without one. */
    @Test
    void slicesAreJoinedWithThoseBesideThem() throws IOException {
        writeSeries();
        List<String> lines = new ArrayList<>(manifest.subList(1, manifest.size()));
        Collections.shuffle(lines, new Random(4));
        manifest.subList(1, manifest.size()).clear();
        manifest.addAll(lines);
        writeManifest();
        ModelRelease release = Releases.writeJoined(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Outcome outcome = evaluate("--model", release.directory().toString());
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(report().get("caveats")).isEmpty();
        Map<String, Double> scores = new HashMap<>();
        for (JsonNode image : report().get("images")) {
            scores.put(
                    image.get("file").asText(),
                    image.get("scores").get("tiny/1 release").asDouble());
        }
        double[] lesion = new double[PATIENTS];
        double[] free = new double[PATIENTS - 1];
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            for (int patient = 0; patient < PATIENTS; patient++) {
                double[] all = joined(restorer, patient, 0, patient == PATIENTS - 1 ? 3 + FEW : 8);
                for (int slice = 0; slice < all.length; slice++) {
                    assertThat(scores.get("p" + patient + "-" + slice + ".png")).isCloseTo(all[slice], within(1e-3));
                }
                lesion[patient] = Arrays.stream(all).max().orElseThrow();
                if (patient < PATIENTS - 1) {
                    double[] away = joined(restorer, patient, 3, 8);
                    assertThat(away[0]).isNotEqualTo(all[3]);
                    free[patient] = Arrays.stream(away).max().orElseThrow();
                }
            }
        }
        assertThat(row(report(), "tiny/1", "release").get("study_auroc").asDouble())
                .isCloseTo(auroc(lesion, free), within(5e-5));
    }

    /** The last of its two slices with a lesion is bright, the first is not: it is found one slice late. */
    @Test
    void theDelayIsCountedInSlicesWithALesionBeforeTheFirstFlagged() throws IOException {
        manifest.removeIf(line -> line.contains("dev_test"));
        manifest.replaceAll(line -> line + (line.startsWith("file") ? ",slice,slices_to_lesion" : ",,"));
        for (int patient = 0; patient < 2; patient++) {
            manifest.add("dev_test-true-" + patient + ".png,dev_test,abnormal,mask.png,p" + patient + ",2,0");
            Files.copy(data.resolve("train_normal-false-" + patient + ".png"), data.resolve("dark" + patient + ".png"));
            manifest.add("dark" + patient + ".png,dev_test,abnormal,,p" + patient + ",1,0");
            manifest.add("dev_test-false-" + (4 + patient) + ".png,dev_test,normal,,p" + patient + ",4,2");
        }
        writeManifest();
        Outcome outcome = evaluate("--profile", brightProfile(), "--grid", "32");
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(row(report(), "pca", "release").get("study_delay_slices").asDouble())
                .isEqualTo(1);
        assertThat(row(report(), "pca", "release").has("study_false_alarm_rate"))
                .isFalse();
    }

    private String brightProfile() throws IOException {
        Path profile = folder.resolve("profile.json");
        Files.writeString(
                profile,
                """
                {"purpose": "tests", "framing": "WHOLE", "normalisation":
                 {"statistics": "MOMENTS", "low": -4.0, "high": 4.0, "threshold": 0.0},
                 "scoring": {"sign": "BRIGHTER", "smoothing": 0.5, "topShare": 0.01, "bilateral": 1.0},
                 "eligibility": null, "limits": []}
                """);
        return profile.toString();
    }

    private static double share(double[] scores, double threshold) {
        return Arrays.stream(scores)
                        .filter(score -> (float) score >= (float) threshold)
                        .count()
                / (double) scores.length;
    }

    @Test
    void withoutSeriesItSaysSoAndStillJudgesLesionsBySize() throws IOException {
        Outcome outcome = evaluate();
        assertThat(outcome.out())
                .contains("No series: the manifest has no column slice")
                .doesNotContain("study AUROC");
        JsonNode pca = row(report(), "pca", "release");
        assertThat(pca.has("study_auroc")).isFalse();
        JsonNode sizes = pca.get("sensitivity_by_lesion_pixels");
        assertThat(sizes).hasSize(1);
        assertThat(sizes.get(0).get("from").asInt()).isEqualTo(1);
        assertThat(sizes.get(0).get("to").asInt()).isEqualTo(400);
        assertThat(sizes.get(0).get("images").asInt()).isEqualTo(8);
        assertThat(sizes.get(0).get("sensitivity").asDouble())
                .isEqualTo(pca.get("sensitivity").asDouble());
        assertThat(pca.get("lesion_brightness_kept").asDouble()).isBetween(-1.0, 1.0);
    }

    @Test
    void modelsArePairedOnTheSamePatients() throws IOException {
        writeSeries();
        String first = Releases.write(folder.resolve("models"), "one", Releases.AXIAL_FLAIR)
                .directory()
                .toString();
        String second = Releases.write(folder.resolve("models"), "other", Releases.AXIAL_FLAIR)
                .directory()
                .toString();
        Outcome outcome = evaluate("--model", first, "--model", second);
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out()).contains("other/1 less one/1");
        JsonNode difference = report().get("differences").get(0);
        assertThat(difference.get("scorer").asText()).isEqualTo("other/1");
        for (String name : List.of("image_auroc", "study_auroc", "study_sensitivity", "study_false_alarm_rate")) {
            assertThat(difference.get(name).asDouble()).as(name).isZero();
            assertThat(difference.get(name + "_interval").get(1).asDouble()).isZero();
        }
        assertThat(outcome.out()).contains("one/1 less pca", "other/1 less pca").doesNotContain("pca less");
        JsonNode fromPca = report().get("differences").get(1);
        assertThat(fromPca.get("less").asText()).isEqualTo("pca");
        assertThat(fromPca.get("image_auroc").asDouble())
                .isCloseTo(
                        row(report(), "one/1", "release").get("image_auroc").asDouble()
                                - row(report(), "pca", "release")
                                        .get("image_auroc")
                                        .asDouble(),
                        within(1e-9));
    }

    /** Who refuses what is hard is not better for it, nor for missing what takes long to be flagged. */
    @Test
    void modelsArePairedOnWhatBothJudge() throws IOException {
        writeSeries();
        Cohort cohort = Cohort.read(data, "dev_test", 20);
        float[] values = new float[cohort.size()];
        String[] rules = new String[cohort.size()];
        Random random = new Random(6);
        for (int image = 0; image < values.length; image++) {
            values[image] = random.nextFloat();
            boolean unlike = cohort.abnormal(image) ? values[image] < 0.6 : values[image] > 0.5;
            rules[image] = unlike ? Likeness.UNLIKE_RULE : null;
        }
        ModelRelease release = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        List<Row> rows = List.of(
                row(release, "all", values, Optional.empty()),
                row(release, "few", values, Optional.of(new Scores.Refused(rules, true))));
        PairedDifference difference =
                PairedDifference.of(rows, new ImageMetrics(cohort)).get(0);
        int judged = 0;
        for (String rule : rules) {
            judged += rule == null ? 1 : 0;
        }
        assertThat(difference.images()).isEqualTo(judged).isLessThan(values.length);
        assertThat(difference.metrics())
                .containsKeys("image_auroc", "study_auroc", "study_sensitivity", "study_delay_slices")
                .allSatisfy((name, estimate) ->
                        assertThat(estimate.value()).as(name).isZero());
    }

    private static Row row(ModelRelease release, String name, float[] values, Optional<Scores.Refused> refused) {
        Scores scores = new Scores(
                name,
                Scores.Scoring.RELEASE,
                values,
                OptionalDouble.of(0.5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                refused,
                Optional.empty(),
                Optional.empty());
        return new Row(Optional.of(release), scores, Map.of(), List.of(), OptionalInt.empty());
    }

    @Test
    void aSliceWithoutItsDistanceToTheLesionIsRefused() throws IOException {
        manifest.replaceAll(line -> line + (line.startsWith("file") ? ",slice" : ",1"));
        writeManifest();
        assertThat(evaluate().error())
                .contains("there is no column slices_to_lesion")
                .hasLineCount(1);
        manifest.replaceAll(line -> line + (line.startsWith("file") ? ",slices_to_lesion" : ",far"));
        writeManifest();
        assertThat(evaluate().error()).contains("slices_to_lesion far: it is a whole number");
    }
}
