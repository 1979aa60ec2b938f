package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.rigatino.restore.Estimate;

/**
 * Abnormal images whose lesion covers that many of their pixels.
 *
 * @param from included; {@code to} not, empty for no end
 * @param sensitivity share of them at or above the threshold
 */
record LesionSize(int from, OptionalInt to, int images, Estimate sensitivity) {
    private static final int[] BOUNDS = {1, 400, 1000, 3000};

    /**
     * Of a score with a threshold; sizes of which there is no image are left out.
     *
     * @param pixels of the lesions of each image, 0 without a mask
     */
    static List<LesionSize> of(int[] pixels, ImageMetrics metrics, Scores scores) {
        List<LesionSize> sizes = new ArrayList<>();
        if (scores.threshold().isEmpty()) {
            return sizes;
        }
        float threshold = (float) scores.threshold().getAsDouble();
        for (int i = 0; i < BOUNDS.length; i++) {
            int from = BOUNDS[i];
            OptionalInt to = i + 1 < BOUNDS.length ? OptionalInt.of(BOUNDS[i + 1]) : OptionalInt.empty();
            int images = 0;
            for (int lesion : pixels) {
                images += within(lesion, from, to) ? 1 : 0;
            }
            if (images > 0) {
                Estimate found = metrics.share(
                        image -> within(pixels[image], from, to), image -> scores.reaches(image, threshold));
                sizes.add(new LesionSize(from, to, images, found));
            }
        }
        return sizes;
    }

    private static boolean within(int pixels, int from, OptionalInt to) {
        return pixels >= from && (to.isEmpty() || pixels < to.getAsInt());
    }

    String text() {
        return to.isPresent() ? from + " to " + (to.getAsInt() - 1) : from + " and more";
    }
}
