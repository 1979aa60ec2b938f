package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.finding.Neighbours;
import org.rigatino.finding.PlacedScore;
import org.rigatino.finding.SlicePlace;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Restoration;
import org.rigatino.restore.Scoring;
import picocli.CommandLine;

class StudyCalibratorTest {
    private static final int SIDE = 6;
    private static final int SLICES = 4;
    private static final Scoring SCORING = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.05, 1);
    private static final Calibrator CALIBRATOR = new Calibrator(SCORING, SIDE, 0.95);
    /** The difference is the image itself. */
    private static final Restoration BLANK = values -> new float[values.length];

    private static StudyOptions options(String... arguments) {
        return CommandLine.populateCommand(new StudyOptions(), arguments);
    }

    /** Slices of noise, some studies noisier than others. */
    private static List<PatientImage> study(SplittableRandom random, String name) {
        double strength = 0.2 + random.nextDouble();
        List<PatientImage> slices = new ArrayList<>();
        for (int number = 0; number < SLICES; number++) {
            float[] values = new float[SIDE * SIDE];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (strength * random.nextDouble(-1, 1));
            }
            slices.add(new PatientImage(
                    new TrainingImage(values, new boolean[values.length]),
                    name,
                    Optional.empty(),
                    Optional.of(new StudySlice(name, name, Optional.of(SlicePlace.numbered(number)))),
                    name + "_" + number + ".png"));
        }
        return slices;
    }

    private static List<PatientImage> studies(SplittableRandom random, int count) {
        List<PatientImage> images = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            images.addAll(study(random, "p" + n));
        }
        return images;
    }

    private static JudgedNormals all(List<PatientImage> normals) {
        return new JudgedNormals(normals, List.of());
    }

    private static double score(List<PatientImage> study, Calibrated calibrated) {
        List<PlacedScore> slices = study.stream()
                .map(slice -> {
                    float[] map = DifferenceMap.overSpread(slice.image().values(), calibrated.spread(), SCORING, 0);
                    return new PlacedScore(
                            "", slice.slice().orElseThrow().place(), DifferenceMap.topMean(map, SCORING.topShare()));
                })
                .toList();
        return new Neighbours(3).highest(slices).orElseThrow().score();
    }

    /** Whole calibrations, spread and all, on few normal studies each, and a new normal study judged by each. */
    @ParameterizedTest
    @CsvSource({"9, 10", "19, 5"})
    void aNewNormalStudyIsFlaggedNoMoreOftenThanPromised(int count, double per100) {
        SplittableRandom random = new SplittableRandom(count);
        StudyCalibrator studies = new StudyCalibrator(options("--false-alarms", "" + per100), CALIBRATOR);
        int rounds = 400;
        int alarms = 0;
        for (int round = 0; round < rounds; round++) {
            List<PatientImage> normals = studies(random, count);
            Calibrated calibrated = studies.calibrate(all(normals), BLANK, "noise");
            alarms += calibrated.studies().flags(score(study(random, "new"), calibrated)) ? 1 : 0;
        }
        double promised = per100 / 100;
        assertThat((double) alarms / rounds)
                .isLessThan(promised + 3 * Math.sqrt(promised * (1 - promised) / rounds))
                .isPositive();
    }

    @Test
    void aNormalStudyIsScoredWithoutItsOwnShareInTheSpread() {
        List<PatientImage> normals = studies(new SplittableRandom(1), 12);
        Calibrated all = new StudyCalibrator(options(), CALIBRATOR).calibrate(all(normals), BLANK, "noise");
        NormalStudies learnt = all.studies();
        double highest = normals.stream()
                .map(PatientImage::patient)
                .distinct()
                .mapToDouble(patient -> score(
                        normals.stream()
                                .filter(image -> image.patient().equals(patient))
                                .toList(),
                        all))
                .max()
                .orElseThrow();
        assertThat(learnt.scores()).hasSize(12);
        assertThat(learnt.scores().get(11)).isGreaterThan(highest);
        assertThat(learnt.neighbours()).isEqualTo(3);
        assertThat(learnt.data()).isEqualTo("noise");
    }

    /** Of two patients one shows something at one place: a new one who did would be judged by those who do not. */
    @Test
    void soIsANormalImage() {
        List<PatientImage> calm = study(new SplittableRandom(5), "calm");
        List<PatientImage> bright = study(new SplittableRandom(6), "bright");
        bright.forEach(image -> image.image().values()[7] = 4);
        List<PatientImage> normals = new ArrayList<>(calm);
        normals.addAll(bright);
        Calibrated learnt = new StudyCalibrator(options(), CALIBRATOR).calibrate(all(normals), BLANK, "noise");
        float[] others = CALIBRATOR.spread(CALIBRATOR.evidence(DataSet.images(calm), BLANK, true));
        double highest = bright.stream()
                .map(image -> DifferenceMap.overSpread(image.image().values(), others, SCORING, 0))
                .mapToDouble(map -> DifferenceMap.topMean(map, SCORING.topShare()))
                .max()
                .orElseThrow();
        assertThat(learnt.calibration().threshold()).isCloseTo(highest, within(1e-6));
        assertThat(learnt.spread())
                .as("what is shipped is of all")
                .isEqualTo(CALIBRATOR.spread(CALIBRATOR.evidence(DataSet.images(normals), BLANK, true)));
    }

    @Test
    void whatSoFewCanPromiseIsPromisedAndSaid() {
        SplittableRandom random = new SplittableRandom(2);
        List<PatientImage> twelve = studies(random, 12);
        assertThat(options().falseAlarms(twelve)).hasValue(0.08);
        assertThat(options().said(twelve))
                .isEqualTo("12 normal studies of 12 patients: smallest p-value 0.0769, 8 false alarms in 100 normal"
                        + " studies promised; for 5, 19 are needed");
        List<PatientImage> many = studies(random, 30);
        assertThat(options().falseAlarms(many)).hasValue(0.05);
        assertThat(options("--false-alarms", "4").falseAlarms(many)).hasValue(0.04);
        List<PatientImage> eight = studies(random, 8);
        assertThat(options().falseAlarms(eight)).isEmpty();
        assertThat(options().said(eight)).contains("highest image", "9 promise 10", "19 promise 5");
        assertThat(new StudyCalibrator(options(), CALIBRATOR)
                        .calibrate(all(eight), BLANK, "noise")
                        .studies())
                .isNull();
    }

    @Test
    void whatSoFewCannotPromiseIsRefusedWithTheNumberNeeded() {
        List<PatientImage> eighteen = studies(new SplittableRandom(3), 18);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--false-alarms", "5").falseAlarms(eighteen))
                .withMessageContainingAll("18 normal studies", "0.0526", "19 normal studies are needed");
        List<PatientImage> unknown = eighteen.stream()
                .map(image -> new PatientImage(
                        image.image(), image.patient(), Optional.empty(), Optional.empty(), image.file()))
                .toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--false-alarms", "5").falseAlarms(unknown))
                .withMessageContainingAll("not known which make a study", "slices_to_lesion");
        assertThat(options().falseAlarms(unknown)).isEmpty();
        assertThat(options().said(unknown)).contains("judged by their highest image");
    }

    @Test
    void eachImageIsDrawnOnceAsItIsAndOnceMirrored() {
        List<PatientImage> normals = studies(new SplittableRandom(4), 19);
        AtomicInteger drawn = new AtomicInteger();
        new StudyCalibrator(options(), CALIBRATOR)
                .calibrate(
                        all(normals),
                        image -> {
                            drawn.incrementAndGet();
                            return BLANK.restore(image);
                        },
                        "noise");
        assertThat(drawn).hasValue(2 * normals.size());
    }
}
