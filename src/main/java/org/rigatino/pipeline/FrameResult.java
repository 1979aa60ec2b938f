package org.rigatino.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;

/**
 * What a restored frame came to.
 *
 * @param slice the finding without its map, and where the frame lies
 * @param objects as {@link Sink#keep} kept them
 */
public record FrameResult(JudgedSlice slice, String modelName, String modelVersion, List<Path> objects) {
    public ImageFinding finding() {
        return slice.finding();
    }
}
