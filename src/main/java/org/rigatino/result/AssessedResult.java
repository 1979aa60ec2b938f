package org.rigatino.result;

import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.image.FrameReference;

/**
 * What a person assesses: what one release said of one frame.
 *
 * @param header of the first of {@code objects}, or of the assessment that is revised where they do not stand any more: patient and
 *     study, and of a report its content
 * @param kind of the object whose header that is
 * @param objects made of it, at least one; a measurement report first, where there is one
 * @param flagged whether the release flagged the frame
 * @param configurationDigest of the settings that the release judged with
 */
public record AssessedResult(
        Dataset header,
        ObjectKind kind,
        List<ResultReference> objects,
        FrameReference frame,
        boolean flagged,
        AlgorithmIdentification algorithm,
        String configurationDigest) {}
