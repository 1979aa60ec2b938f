package org.rigatino.learn.train;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes out of a normal image one that a network is to restore. */
sealed interface PseudoAnomaly
        permits CoarseNoise, Blend, PastedPatch, Intensity, Lesions, Holes, Texture, Deformation, Mixture, Unchanged {
    /**
     * @param other another normal image
     * @return new values, side*side
     */
    float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random);

    /** The name of the one that leaves images as they are. */
    String NONE = "none";

    /**
     * @param names one or more kinds, separated by commas, as often each
     * @param strength of coarse noise
     */
    static PseudoAnomaly named(String names, double strength) {
        List<PseudoAnomaly> kinds = Arrays.stream(names.split(","))
                .map(name -> kind(name, strength))
                .toList();
        return kinds.size() == 1 ? kinds.get(0) : new Mixture(kinds);
    }

    private static PseudoAnomaly kind(String name, double strength) {
        return switch (name) {
            case "coarse-noise" -> new CoarseNoise(strength);
            case "blend" -> new Blend();
            case "patch" -> new PastedPatch();
            case "intensity" -> new Intensity();
            case "lesions" -> new Lesions();
            case "holes" -> new Holes();
            case "texture" -> new Texture();
            case "deformation" -> new Deformation();
            case NONE -> new Unchanged();
            default ->
                throw new IllegalArgumentException("training recipe: pseudo-anomaly " + name
                        + " is not known: it is coarse-noise, blend, patch, intensity, lesions, holes, texture, deformation or none, or several"
                        + " of these separated by commas");
        };
    }
}
