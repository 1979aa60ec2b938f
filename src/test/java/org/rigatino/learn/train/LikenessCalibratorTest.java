package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rigatino.restore.NormalLook;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

class LikenessCalibratorTest {
    private static final int SIZE = 32;

    /** An oval with a dark middle and grain, as wide as chance has it. */
    private static float[] image(Random random) {
        float[] values = new float[SIZE * SIZE];
        double wide = 9 + 4 * random.nextDouble();
        for (int i = 0; i < values.length; i++) {
            double far = Math.hypot((i / SIZE - 15.5) / 14, (i % SIZE - 15.5) / wide);
            values[i] = (float) ((far < 1 ? far < 0.3 ? 0.2 : 0.8 : -0.9) + 0.05 * random.nextGaussian());
        }
        return values;
    }

    /** The same with half of it white. */
    private static float[] diseased(Random random) {
        float[] values = image(random);
        int top = 4 + random.nextInt(3);
        for (int i = 0; i < values.length; i++) {
            boolean lesion = i / SIZE > top && i / SIZE < 22 && i % SIZE < 15;
            values[i] = lesion ? 1 + 0.05f * (float) random.nextGaussian() : values[i];
        }
        return values;
    }

    private static float[] turned(float[] values) {
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i] = values[i % SIZE * SIZE + i / SIZE];
        }
        return turned;
    }

    private static PatientImage of(float[] values, String patient) {
        return new PatientImage(
                new TrainingImage(values, new boolean[values.length]),
                patient,
                Optional.empty(),
                Optional.empty(),
                patient + ".png");
    }

    private static DataSet set(int normals, int pool, int patients) {
        Random random = new Random(3);
        List<PatientImage> healthy = new ArrayList<>();
        List<PatientImage> unlabeled = new ArrayList<>();
        for (int i = 0; i < normals; i++) {
            healthy.add(of(image(random), "n" + i % patients));
        }
        for (int i = 0; i < pool; i++) {
            unlabeled.add(of(i % 2 == 0 ? image(random) : diseased(random), "u" + i % patients));
        }
        return new DataSet("made-up", healthy, unlabeled, new Omissions(), List.of());
    }

    private static double refused(LikenessCalibrator.Fitted fitted, List<float[]> images) {
        return images.stream()
                        .filter(image -> fitted.look().distance(NormalLook.coarse(image, SIZE, NormalLook.CELLS))
                                > fitted.likeness().limit())
                        .count()
                / (double) images.size();
    }

    private static List<float[]> fresh(boolean diseased) {
        Random random = new Random(77);
        List<float[]> images = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            images.add(diseased ? diseased(random) : image(random));
        }
        return images;
    }

    @Test
    void ofNewNormalsAboutTheShareIsRefusedAndOfTurnedOrInvertedOnesAll() {
        LikenessCalibrator.Fitted fitted = new LikenessCalibrator(SIZE, 0.05).fit(set(400, 0, 40));
        assertThat(fitted.likeness().normals()).isEqualTo(400);
        assertThat(fitted.likeness().patients()).isEqualTo(40);
        assertThat(refused(fitted, fresh(false))).isBetween(0.005, 0.1);
        List<float[]> inverted = new ArrayList<>();
        for (float[] image : fresh(false)) {
            float[] negative = new float[image.length];
            for (int i = 0; i < image.length; i++) {
                negative[i] = -image[i];
            }
            inverted.add(negative);
        }
        assertThat(refused(fitted, inverted)).isEqualTo(1);
        assertThat(refused(
                        fitted,
                        fresh(false).stream()
                                .map(LikenessCalibratorTest::turned)
                                .toList()))
                .isGreaterThan(0.9);
    }

    @Test
    void diseaseThatUnlabeledImagesShowIsNoReasonToRefuse() {
        double without = refused(new LikenessCalibrator(SIZE, 0.02).fit(set(300, 0, 40)), fresh(true));
        LikenessCalibrator.Fitted with = new LikenessCalibrator(SIZE, 0.02).fit(set(300, 200, 40));
        assertThat(without).isEqualTo(1);
        assertThat(refused(with, fresh(true))).isLessThan(0.4);
        assertThat(refused(with, fresh(false))).isLessThan(0.06);
        assertThat(with.likeness().others()).isEqualTo(200);
        List<float[]> turned =
                fresh(false).stream().map(LikenessCalibratorTest::turned).toList();
        assertThat(refused(with, turned)).isGreaterThan(0.9);
    }

    static final class Options {
        @Mixin
        LikenessOptions likeness;
    }

    private static Optional<LikenessCalibrator.Fitted> fit(DataSet set, String... arguments) {
        Options options = new Options();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options)).parseArgs(arguments);
        return options.likeness.fit(set, SIZE);
    }

    @Test
    void theShareIsTwoInAHundredOrAsFewAsTheImagesTellAndZeroIsNone() {
        assertThat(fit(set(100, 0, 10)).orElseThrow().likeness().refusedNormals())
                .isEqualTo(0.02);
        assertThat(fit(set(20, 0, 10)).orElseThrow().likeness().refusedNormals())
                .isEqualTo(0.05);
        assertThat(fit(set(100, 0, 10), "--refused-normals", "7.5")
                        .orElseThrow()
                        .likeness()
                        .refusedNormals())
                .isEqualTo(0.075);
        assertThat(fit(set(100, 0, 10), "--refused-normals", "0")).isEmpty();
        assertThat(fit(set(5, 0, 5))).isEmpty();
        assertThat(fit(set(100, 0, 1))).as("one patient").isEmpty();
        assertThatThrownBy(() -> fit(set(20, 0, 10), "--refused-normals", "1"))
                .hasMessageContaining("--refused-normals 1.0")
                .hasMessageContaining("there are 20 of 10");
        assertThatThrownBy(() -> fit(set(20, 0, 10), "--refused-normals", "100"))
                .hasMessageContaining("below 100");
    }
}
