package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.rigatino.finding.Neighbours;
import org.rigatino.finding.PlacedScore;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Restoration;

/** Learns what whole normal studies score, as a new study would: by the spread of other patients' images. */
record StudyCalibrator(StudyOptions options, Calibrator calibrator) {

    /** An image's differences, those of its mirror image, and what the critic says of it. */
    private record Judged(PatientImage image, float[] plain, float[] mirrored, OptionalDouble logit) {}

    /**
     * @param normals none of which the network has learnt from
     * @param calibration of the same images
     * @param data that they are from
     * @return null where they make too few studies
     */
    NormalStudies of(List<PatientImage> normals, Restoration restoration, Calibration calibration, String data) {
        OptionalDouble falseAlarms = options.falseAlarms(normals);
        if (falseAlarms.isEmpty()) {
            return null;
        }
        List<Judged> judged = judged(normals, restoration, calibration);
        Map<String, List<PlacedScore>> studies = new LinkedHashMap<>();
        Map<String, Others> others = new HashMap<>();
        for (Judged each : judged) {
            each.image().slice().ifPresent(slice -> {
                Others spread = others.computeIfAbsent(each.image().patient(), patient -> others(judged, patient));
                double score = score(each, spread, calibration);
                studies.computeIfAbsent(slice.study(), absent -> new ArrayList<>())
                        .add(new PlacedScore(slice.series(), slice.place(), score));
            });
        }
        Neighbours neighbours = new Neighbours(options.neighbours());
        List<Double> scores = studies.values().stream()
                .map(slices -> neighbours.highest(slices).orElseThrow().score())
                .sorted()
                .toList();
        return new NormalStudies(options.neighbours(), scores, falseAlarms.getAsDouble(), data);
    }

    private List<Judged> judged(List<PatientImage> normals, Restoration restoration, Calibration calibration) {
        List<float[]> differences = calibrator.differences(DataSet.images(normals), restoration::restore, true);
        return IntStream.range(0, normals.size())
                .mapToObj(i -> new Judged(
                        normals.get(i),
                        differences.get(2 * i),
                        differences.get(2 * i + 1),
                        calibration.standard() == null
                                ? OptionalDouble.empty()
                                : restoration.critic(normals.get(i).image().values())))
                .toList();
    }

    private record Others(float[] spread, double usualLevel) {}

    private Others others(List<Judged> judged, String patient) {
        List<float[]> plain = new ArrayList<>();
        List<float[]> all = new ArrayList<>();
        for (Judged each : judged) {
            if (!each.image().patient().equals(patient)) {
                plain.add(each.plain());
                all.add(each.plain());
                all.add(each.mirrored());
            }
        }
        float[] spread = calibrator.spread(all);
        return new Others(spread, calibrator.usualLevel(plain, spread));
    }

    private double score(Judged judged, Others others, Calibration calibration) {
        double score = calibrator.score(judged.plain(), others.spread(), others.usualLevel());
        return calibration.standard() == null
                ? score
                : calibration
                        .standard()
                        .score(
                                score,
                                judged.logit().orElseThrow(),
                                calibrator.scoring().criticWeight());
    }
}
