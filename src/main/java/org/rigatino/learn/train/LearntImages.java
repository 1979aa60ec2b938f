package org.rigatino.learn.train;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/**
 * Which images a release has learnt from, or which made it in another way, each by the first 64 bits of the SHA-256 of what its network saw: told apart
 * whatever their files are called, in whichever format. Images of one value throughout, which anybody's may be, are none.
 */
public final class LearntImages {
    /** Of a release's recipe. */
    static final String RECORDED = "learnt_images";

    private static final String CALIBRATING = "calibrating_images";
    private static final String SHAPING = "likeness_images";

    private static final int HEX_DIGITS = 16;

    private final Set<String> digests;

    private LearntImages(Set<String> digests) {
        this.digests = digests;
    }

    /** Of all its networks; none where they are of before that was recorded, or were imported. */
    public static LearntImages of(ReleaseFile release) {
        return new LearntImages(trainings(release)
                .flatMap(training -> recorded(training, RECORDED))
                .collect(Collectors.toSet()));
    }

    private static Stream<ReleaseFile.Training> trainings(ReleaseFile release) {
        return release.reader() == null
                ? Stream.of(release.training())
                : Stream.of(release.training(), release.reader().training());
    }

    /** Whether all that made it are recorded, but for what an imported network learnt from, which nobody knows here. */
    public static boolean recordsAll(ReleaseFile release) {
        boolean imported = release.method().equals(Networks.TORCHSCRIPT);
        return release.training().recipe().containsKey(CALIBRATING)
                && (imported
                        || trainings(release)
                                .allMatch(training -> training.recipe().containsKey(RECORDED)));
    }

    /** By which its thresholds were set; none where they are of before that was recorded. */
    public static LearntImages calibrating(ReleaseFile release) {
        return new LearntImages(recorded(release.training(), CALIBRATING).collect(Collectors.toSet()));
    }

    /** By which it tells what is unlike; none where it does not, or they are of before that was recorded. */
    public static LearntImages shaping(ReleaseFile release) {
        return new LearntImages(recorded(release.training(), SHAPING).collect(Collectors.toSet()));
    }

    /** Records both, in the place of those of an earlier calibration. */
    static ReleaseFile record(
            ReleaseFile release, List<PatientImage> calibrating, Optional<LikenessCalibrator.Fitted> like) {
        Map<String, Object> recipe = new LinkedHashMap<>(release.training().recipe());
        recipe.put(CALIBRATING, digests(DataSet.images(calibrating), List.of()));
        recipe.put(
                SHAPING,
                like.map(fitted -> digests(DataSet.images(fitted.images()), List.of()))
                        .orElse(List.of()));
        return release.but(draft -> {
            draft.training = release.training().withRecipe(recipe);
            draft.likeness = like.map(LikenessCalibrator.Fitted::likeness).orElse(null);
        });
    }

    private static Stream<String> recorded(ReleaseFile.Training training, String where) {
        Object recorded = training.recipe() == null ? null : training.recipe().get(where);
        return recorded instanceof Collection<?> digests ? digests.stream().map(Object::toString) : Stream.of();
    }

    /** Where no network of the release says what it has learnt from. */
    boolean isEmpty() {
        return digests.isEmpty();
    }

    /** Ascending, so that they tell nothing of the order. */
    static List<String> digests(List<TrainingImage> normals, List<TrainingImage> pool) {
        return Stream.concat(normals.stream(), pool.stream())
                .flatMap(image -> digest(image.values()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** @param values of the network's input, framed and normalised as the release says */
    public boolean contains(float[] values) {
        return !digests.isEmpty() && digest(values).filter(digests::contains).isPresent();
    }

    /** Empty where all values are the same. */
    static Optional<String> digest(float[] values) {
        if (IntStream.range(1, values.length).allMatch(i -> values[i] == values[0])) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return Optional.of(DigestUtils.sha256Hex(bytes.array()).substring(0, HEX_DIGITS));
    }
}
