package org.rigatino.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Restorer;

/** What a release makes of the labelled images of a split: one image at a time, as they lie in their files. */
final class Evaluation {
    private static final int INTERVAL_SEED = 1;

    private record Scored(
            String patient, boolean abnormal, double score, boolean flagged, Map<String, Float> baselines) {}

    private final Restorer restorer;
    private final Path directory;
    private final List<Scored> images = new ArrayList<>();
    private final PixelMetrics pixels;

    private Evaluation(Restorer restorer, Path directory) {
        this.restorer = restorer;
        this.directory = directory;
        pixels = new PixelMetrics(restorer.release().file().calibration().mapThreshold());
    }

    /** Metrics by name, in the order of the report; NaN is left out. */
    static Map<String, Object> run(ModelRelease release, String device, Path directory, String split)
            throws IOException {
        List<Manifest.Entry> entries = Manifest.read(directory).split(split);
        if (entries.isEmpty()) {
            throw new IOException(directory + " has no images of the split " + split);
        }
        try (Restorer restorer = Restorer.open(release, device, 1)) {
            Evaluation evaluation = new Evaluation(restorer, directory);
            for (Manifest.Entry entry : entries) {
                evaluation.add(entry);
            }
            return evaluation.report(split);
        }
    }

    private void add(Manifest.Entry entry) throws IOException {
        Path file = directory.resolve(entry.file());
        Frame frame = ImageFile.read(file);
        ImageFinding finding = Findings.of(restorer.restore(List.of(frame)).get(0), restorer.release());
        images.add(new Scored(
                entry.patient(), entry.abnormal(), finding.score(), finding.flagged(), Baselines.of(file, frame)));
        if (entry.mask().isPresent()) {
            Frame mask = ImageFile.read(directory.resolve(entry.mask().get()));
            pixels.add(finding.map(), mask, frame);
        } else if (!entry.abnormal()) {
            pixels.addNormal(finding.map(), frame);
        }
    }

    private Map<String, Object> report(String split) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("split", split);
        report.put(
                "images_normal",
                images.stream().filter(image -> !image.abnormal).count());
        report.put("images_abnormal", images.stream().filter(Scored::abnormal).count());
        report.put("patients", images.stream().map(Scored::patient).distinct().count());
        withInterval(
                report, "image_auroc", sample -> ranking(sample, Scored::score).auroc());
        withInterval(
                report, "image_ap", sample -> ranking(sample, Scored::score).averagePrecision());
        withInterval(report, "sensitivity", sample -> flagged(sample, true));
        withInterval(report, "specificity", sample -> 1 - flagged(sample, false));
        report.putAll(pixels.report());
        Map<String, Object> baselines = new LinkedHashMap<>();
        for (String name : images.get(0).baselines.keySet()) {
            put(
                    baselines,
                    name,
                    ranking(images, image -> image.baselines.get(name)).auroc());
        }
        report.put("baselines", baselines);
        return report;
    }

    private void withInterval(Map<String, Object> report, String name, ToDoubleFunction<List<Scored>> statistic) {
        double value = statistic.applyAsDouble(images);
        if (put(report, name, value)) {
            Map<String, List<Scored>> byPatient = new TreeMap<>();
            images.forEach(image -> byPatient
                    .computeIfAbsent(image.patient, patient -> new ArrayList<>())
                    .add(image));
            double[] interval = Bootstrap.interval(byPatient, statistic, INTERVAL_SEED);
            report.put(name + "_interval", List.of(rounded(interval[0]), rounded(interval[1])));
        }
    }

    private static double flagged(List<Scored> sample, boolean abnormal) {
        return sample.stream()
                .filter(image -> image.abnormal == abnormal)
                .mapToInt(image -> image.flagged ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static Ranking ranking(List<Scored> sample, ToDoubleFunction<Scored> score) {
        float[] scores = new float[sample.size()];
        boolean[] abnormal = new boolean[sample.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) score.applyAsDouble(sample.get(i));
            abnormal[i] = sample.get(i).abnormal;
        }
        return Ranking.of(scores, abnormal);
    }

    static boolean put(Map<String, Object> report, String name, double value) {
        if (!Double.isNaN(value)) {
            report.put(name, rounded(value));
        }
        return !Double.isNaN(value);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
