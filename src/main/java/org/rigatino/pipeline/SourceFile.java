package org.rigatino.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that is worked on.
 *
 * @param id by which its sink knows it, another for each file of a study
 * @param sopInstanceUid by which messages name it
 * @param sha256 of the bytes as they came, in hex; empty where nobody has seen them before
 * @param callingAeTitle by which it came; empty where it came by none
 */
public record SourceFile(
        long id, String sopInstanceUid, Path path, Optional<String> sha256, Optional<String> callingAeTitle) {}
