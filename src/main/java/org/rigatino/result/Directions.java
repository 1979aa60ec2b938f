package org.rigatino.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rigatino.image.ImagePlane;

/** Directions of planes; those are one that differ by less than scanners round them from slice to slice. */
final class Directions {
    /** Of a cosine: a hundredth of a pixel at the far end of a thousand. */
    private static final double SAME = 1e-5;

    private final List<double[]> known = new ArrayList<>();

    /** The first direction that is one with the plane's, as text; it depends on the order in which they come. */
    String of(ImagePlane plane) {
        double[] own = plane.orientation();
        double[] one =
                known.stream().filter(each -> isSame(each, own)).findFirst().orElse(own);
        if (one == own) {
            known.add(own);
        }
        return Arrays.toString(one);
    }

    private static boolean isSame(double[] one, double[] other) {
        for (int i = 0; i < one.length; i++) {
            if (Math.abs(one[i] - other[i]) > SAME) {
                return false;
            }
        }
        return true;
    }
}
