package org.rigatino.result;

import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.image.FrameReference;

/**
 * What a person assesses: what one release said of one frame.
 *
 * @param header of the first of {@code objects}: patient and study, and of a measurement report its content
 * @param objects made of it, at least one; a measurement report first, where there is one
 * @param multiFrame whether the instance of the frame has several
 * @param flagged whether the release flagged the frame
 * @param configurationDigest of the settings that the release judged with
 */
public record AssessedResult(
        Dataset header,
        List<ResultReference> objects,
        FrameReference frame,
        boolean multiFrame,
        boolean flagged,
        AlgorithmIdentification algorithm,
        String configurationDigest) {}
