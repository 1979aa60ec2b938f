package org.rigatino.finding;

import java.util.Optional;
import java.util.OptionalDouble;
import org.rigatino.image.Frame;

/**
 * One frame's finding among those of its study.
 *
 * @param finding without its map
 * @param place empty for a projection
 * @param markedArea of pixels that reach the level at which they are shown, in mm2; empty where the source does not say how
 *     large pixels are
 */
public record JudgedSlice(ImageFinding finding, Optional<SlicePlace> place, OptionalDouble markedArea) {
    /**
     * @param finding with its map
     * @param level from which on a departure is marked, in units of the normals' spread
     */
    public static JudgedSlice of(Frame frame, ImageFinding finding, double level) {
        OptionalDouble area = OptionalDouble.empty();
        if (frame.spacing().isPresent()) {
            int marked = 0;
            for (float departure : finding.map()) {
                marked += departure >= level ? 1 : 0;
            }
            area = OptionalDouble.of(marked
                    * frame.spacing().get().betweenRows()
                    * frame.spacing().get().betweenColumns());
        }
        return new JudgedSlice(finding.withoutMap(), SlicePlace.of(frame), area);
    }

    /** The same, of which nobody adds up what is marked. */
    public JudgedSlice withoutArea() {
        return new JudgedSlice(finding, place, OptionalDouble.empty());
    }

    PlacedScore placed() {
        return new PlacedScore(finding.reference(), place, finding.score());
    }
}
