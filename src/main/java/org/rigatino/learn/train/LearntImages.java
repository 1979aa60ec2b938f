package org.rigatino.learn.train;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.restore.ReleaseFile;

/**
 * Which images a release has learnt from, each by the first 64 bits of the SHA-256 of what its network saw: told apart
 * whatever their files are called, in whichever format. Images of one value throughout, which anybody's may be, are none.
 */
public final class LearntImages {
    /** Of a release's recipe. */
    static final String RECORDED = "learnt_images";

    private static final int HEX_DIGITS = 16;

    private final Set<String> digests;

    private LearntImages(Set<String> digests) {
        this.digests = digests;
    }

    /** Of all its networks; none where they are of before that was recorded, or were imported. */
    public static LearntImages of(ReleaseFile release) {
        Stream<ReleaseFile.Training> trainings = release.reader() == null
                ? Stream.of(release.training())
                : Stream.of(release.training(), release.reader().training());
        return new LearntImages(trainings.flatMap(LearntImages::recorded).collect(Collectors.toSet()));
    }

    private static Stream<String> recorded(ReleaseFile.Training training) {
        Object recorded = training.recipe() == null ? null : training.recipe().get(RECORDED);
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
