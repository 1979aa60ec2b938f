package org.rigatino.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Frames along the normal of their plane. */
final class SliceOrder {
    private SliceOrder() {}

    /** By place, then by reference, so that the order does not depend on that of their arrival. */
    static List<JudgedFrame> of(List<JudgedFrame> frames) {
        List<JudgedFrame> ordered = new ArrayList<>(frames);
        ordered.sort(Comparator.comparingDouble(SliceOrder::place)
                .thenComparing(frame -> frame.reference().sopInstanceUid())
                .thenComparingInt(frame -> frame.reference().frameNumber()));
        return ordered;
    }

    /** In mm from the origin of the frame of reference; 0 without a place. */
    private static double place(JudgedFrame frame) {
        if (frame.place().isEmpty()) {
            return 0;
        }
        double[] o = frame.place().get().orientation();
        double[] p = frame.place().get().position();
        return (o[1] * o[5] - o[2] * o[4]) * p[0]
                + (o[2] * o[3] - o[0] * o[5]) * p[1]
                + (o[0] * o[4] - o[1] * o[3]) * p[2];
    }
}
