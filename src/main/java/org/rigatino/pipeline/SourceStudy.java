package org.rigatino.pipeline;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.rigatino.patient.PatientIdentity;

/**
 * Instances of one study.
 *
 * @param files that are worked on; of one SOP Instance UID there is one
 * @param identifying files that tell whose the study is, those that are not worked on now included
 * @param patient what is known beside them
 * @param patientDecidedAt when a person said who that is; empty where nobody had to
 * @param againIn revision in which it is judged again, so that its objects get UIDs of their own; empty for what came in
 * @param contentTime of all objects, whole seconds; empty for the time that each source has
 */
public record SourceStudy(
        String studyInstanceUid,
        List<SourceFile> files,
        List<Path> identifying,
        PatientIdentity.Known patient,
        Optional<Instant> patientDecidedAt,
        Optional<Integer> againIn,
        Optional<OffsetDateTime> contentTime) {}
