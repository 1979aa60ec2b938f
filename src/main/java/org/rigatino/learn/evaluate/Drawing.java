package org.rigatino.learn.evaluate;

import java.util.List;
import org.rigatino.image.Frame;
import org.rigatino.restore.JoinedDrawing.Drawn;

/** Draws images of a cohort as they come, one batch after another; what one came to may come with a later one. */
interface Drawing {
    /** @param frames of the images */
    List<Drawn<Integer>> add(List<Integer> images, List<Frame> frames);

    /** After the last batch. */
    default List<Drawn<Integer>> finish() {
        return List.of();
    }
}
