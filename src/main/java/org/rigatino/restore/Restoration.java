package org.rigatino.restore;

import java.util.Optional;
import java.util.OptionalDouble;

/** What a network makes of one image, size*size, framed and normalised as it expects. */
@FunctionalInterface
public interface Restoration {
    /** The healthy image, size*size. */
    float[] restore(float[] values);

    /**
     * Of each cell the probability that it is of a lesion, size*size; empty where nothing reads image and drawing together.
     *
     * @param values as {@link #restore} takes them
     * @param restored what that made of them
     */
    default Optional<float[]> reading(float[] values, float[] restored) {
        return Optional.empty();
    }

    /** The critic's mean logit, the higher the more like a normal image; empty where there is no critic. */
    default OptionalDouble critic(float[] values) {
        return OptionalDouble.empty();
    }
}
