package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;

/** A revision fails, with its audit row. Within the caller's transaction, on studies that it has locked. */
@ApplicationScoped
class RevisionFailure {
    @Inject
    AuditTrail audit;

    void record(Study study, StudyStage stage, String cause) {
        study.fail(stage, cause, Instant.now());
        audit.append(
                EventKind.STUDY_FAILED,
                study.studyInstanceUid,
                "revision " + study.revision,
                stage + ": " + cause + (study.judgesAgain() ? "; what the study came to before stands" : ""));
    }

    /** What a run has begun of the study ends, and a worker at it finds another version of its row: its outcome does not count. */
    void ofRuns(Collection<Study> revisions, StudyStage stage, String cause) {
        revisions.stream()
                .filter(study -> study.judgesAgain()
                        && (study.state() == StudyState.READY || study.state() == StudyState.RESTORING))
                .forEach(study -> record(study, stage, cause));
    }
}
