package org.rigatino.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.rigatino.finding.ImageFinding;

/**
 * What a restored frame came to.
 *
 * @param finding without its map
 * @param objects as {@link Sink#keep} kept them
 */
public record FrameResult(ImageFinding finding, String modelName, String modelVersion, List<Path> objects) {}
