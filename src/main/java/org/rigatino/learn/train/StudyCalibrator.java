package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rigatino.finding.Neighbours;
import org.rigatino.finding.PlacedScore;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.Evidence;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Restoration;

/**
 * Calibrates by images, and by whole normal studies what these score as new ones would: by the spread of other patients' images.
 */
record StudyCalibrator(StudyOptions options, Calibrator calibrator) {

    /** @throws IllegalArgumentException where slices are joined as they are served, and too many have none beside them */
    void requireNeighbours(JudgedNormals normals, String data) {
        LoneSlices lone = maps(normals).alone();
        if (lone.tooMany()) {
            throw new IllegalArgumentException("--data: of " + lone.alone() + " of the " + lone.images()
                    + " normal images of " + data
                    + " neither slice beside them is there, and the scoring's acrossSlices "
                    + calibrator.scoring().acrossSlices() + " joins those that are served: a threshold of slices by"
                    + " themselves is too high for joined ones. Give whole series, as DICOM files or with the columns"
                    + " slice and slices_to_lesion; or make a release that judges each slice by itself, by calibrate"
                    + " --across-slices 0");
        }
    }

    private JoinedMaps maps(JudgedNormals normals) {
        return new JoinedMaps(calibrator.scoring(), normals.images(), normals.leftOut());
    }

    /**
     * Each image is drawn twice, as it is and mirrored.
     *
     * @param data that they are from
     * @throws IllegalArgumentException where more was asked for than so few studies can promise, or slices lack those beside
     *     them; nothing was drawn then
     */
    Calibrated calibrate(JudgedNormals judged, Restoration restoration, String data) {
        List<PatientImage> normals = judged.images();
        OptionalDouble falseAlarms = options.falseAlarms(normals);
        requireNeighbours(judged, data);
        Calibrator.Seen seen = calibrator.see(DataSet.images(normals), restoration);
        JoinedMaps maps = maps(judged);
        Calibrated calibrated = calibrator.calibrate(seen, maps);
        if (falseAlarms.isEmpty()) {
            return calibrated;
        }
        List<Double> scores =
                scores(normals, seen, maps, calibrated.calibration().standard());
        return new Calibrated(
                calibrated.spread(),
                calibrated.calibration(),
                new NormalStudies(options.neighbours(), scores, falseAlarms.getAsDouble(), data));
    }

    /** Of each study that counts, ascending. */
    private List<Double> scores(
            List<PatientImage> normals, Calibrator.Seen seen, JoinedMaps maps, Calibration.Standard standard) {
        Map<String, List<PlacedScore>> studies = new LinkedHashMap<>();
        Map<String, Others> others = new HashMap<>();
        Map<String, String> counting = StudyOptions.counting(normals);
        for (int i = 0; i < normals.size(); i++) {
            StudySlice slice = normals.get(i).slice().orElse(null);
            if (slice != null
                    && slice.study().equals(counting.get(normals.get(i).patient()))) {
                Others spread =
                        others.computeIfAbsent(normals.get(i).patient(), patient -> others(normals, seen, patient));
                studies.computeIfAbsent(slice.study(), absent -> new ArrayList<>())
                        .add(new PlacedScore(slice.series(), slice.place(), score(seen, i, maps, spread, standard)));
            }
        }
        Neighbours neighbours = new Neighbours(options.neighbours());
        return studies.values().stream()
                .map(slices -> neighbours.highest(slices).orElseThrow().score())
                .sorted()
                .toList();
    }

    private record Others(float[] spread, double usualLevel) {}

    private Others others(List<PatientImage> normals, Calibrator.Seen seen, String patient) {
        List<Evidence> plain = new ArrayList<>();
        List<Evidence> all = new ArrayList<>();
        for (int i = 0; i < normals.size(); i++) {
            if (!normals.get(i).patient().equals(patient)) {
                plain.add(seen.plain(i));
                all.add(seen.plain(i));
                all.add(seen.mirrored(i));
            }
        }
        float[] spread = calibrator.spread(all);
        return new Others(spread, calibrator.usualLevel(plain, spread));
    }

    private double score(
            Calibrator.Seen seen, int image, JoinedMaps maps, Others others, Calibration.Standard standard) {
        float[] map =
                maps.of(image, one -> seen.plain(one).map(others.spread(), calibrator.scoring(), others.usualLevel()));
        double score = DifferenceMap.topMean(map, calibrator.scoring().topShare());
        return standard == null
                ? score
                : standard.score(
                        score, seen.logits()[image], calibrator.scoring().criticWeight());
    }
}
