package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rigatino.finding.Neighbours;
import org.rigatino.finding.PlacedScore;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Restoration;

/**
 * Calibrates by images, and by whole normal studies. Both score as new ones would: by the spread of other patients' images.
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
        List<Calibrator.Judge> judges = calibrator.judges(
                seen, normals.stream().map(PatientImage::patient).toList());
        Calibrated calibrated = calibrator.calibrate(seen, maps, judges);
        if (falseAlarms.isEmpty()) {
            return calibrated;
        }
        List<Double> scores =
                scores(normals, seen, maps, judges, calibrated.calibration().standard());
        return new Calibrated(
                calibrated.spread(),
                calibrated.calibration(),
                new NormalStudies(options.neighbours(), scores, falseAlarms.getAsDouble(), data));
    }

    /** Of each study that counts, ascending. */
    private List<Double> scores(
            List<PatientImage> normals,
            Calibrator.Seen seen,
            JoinedMaps maps,
            List<Calibrator.Judge> judges,
            Calibration.Standard standard) {
        Map<String, List<PlacedScore>> studies = new LinkedHashMap<>();
        Map<String, String> counting = StudyOptions.counting(normals);
        for (int i = 0; i < normals.size(); i++) {
            StudySlice slice = normals.get(i).slice().orElse(null);
            if (slice != null
                    && slice.study().equals(counting.get(normals.get(i).patient()))) {
                double score = score(seen, i, maps, judges.get(i), standard);
                studies.computeIfAbsent(slice.study(), absent -> new ArrayList<>())
                        .add(new PlacedScore(slice.series(), slice.place(), score));
            }
        }
        Neighbours neighbours = new Neighbours(options.neighbours());
        return studies.values().stream()
                .map(slices -> neighbours.highest(slices).orElseThrow().score())
                .sorted()
                .toList();
    }

    private double score(
            Calibrator.Seen seen, int image, JoinedMaps maps, Calibrator.Judge judge, Calibration.Standard standard) {
        double score = calibrator.score(seen, image, maps, judge);
        return standard == null
                ? score
                : standard.score(
                        score, seen.logits()[image], calibrator.scoring().criticWeight());
    }
}
