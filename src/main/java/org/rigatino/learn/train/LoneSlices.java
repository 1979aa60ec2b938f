package org.rigatino.learn.train;

/**
 * Of images that a release would join with the slices beside them, how many have neither. By itself a slice comes to more than
 * among those beside it.
 */
public record LoneSlices(int alone, int images) {
    /** One image in so many is as many as lie above the threshold. */
    private static final int ONE_IN = Calibrated.FEWEST;

    /** Whether they could set a threshold, or most of what is found at it, by themselves. */
    public boolean tooMany() {
        return alone * ONE_IN > images;
    }
}
