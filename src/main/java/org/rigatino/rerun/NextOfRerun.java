package org.rigatino.rerun;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.rerun.Rerun.State;
import org.rigatino.rerun.RerunPreview.Serving;
import org.rigatino.study.StudyLife;

/**
 * One study at a time of the run that is under way, and none while a study that came in waits for a worker or objects of the last
 * one wait to go out. By one process at a time, which holds {@link org.rigatino.persistence.AdvisoryLock#ofReruns()}.
 */
@ApplicationScoped
public class NextOfRerun {
    /** So many studies in succession that keep what they had, or failed at delivery, have a cause that a person should look at. */
    static final int FAILURES = 5;

    @Inject
    Session entities;

    @Inject
    RerunRows rows;

    @Inject
    ChosenStudies chosen;

    @Inject
    StudyLife life;

    @Inject
    AuditTrail audit;

    /** A revision that is READY, or was left RESTORING. */
    public record Taken(String studyInstanceUid, int revision) {}

    /** What the next study waits for. */
    public enum HeldUp {
        /** One that came in waits for a worker. */
        STUDY,
        /** Objects of the one before have not been sent. */
        OBJECTS,
        /** None is in force, so that nothing is made. */
        DESTINATION
    }

    /** Whether {@link #take} may have something; cheap. */
    @Transactional
    public boolean isAny() {
        return rows.running().isPresent() || begun().isPresent();
    }

    /** What was begun first; else the next study of the run is put to work, or the run ends. */
    @Transactional
    public Optional<Taken> take() {
        if (heldUp().isPresent()) {
            return Optional.empty();
        }
        return begun().or(() -> rows.running().flatMap(rows::locked).flatMap(this::next));
    }

    private Optional<Taken> begun() {
        return entities.createNativeQuery(
                        "select study_instance_uid, revision from study where rerun_id is not null and restored_at is null"
                                + " and state in ('READY', 'RESTORING') order by id limit 1",
                        Taken.class)
                .uniqueResultOptional();
    }

    @Transactional
    public Optional<HeldUp> heldUp() {
        if (isAny("state = 'READY' and (rerun_id is null or restored_at is not null)")) {
            return Optional.of(HeldUp.STUDY);
        }
        return isAny("state = 'DELIVERING' and rerun_id is not null") ? Optional.of(HeldUp.OBJECTS) : Optional.empty();
    }

    private boolean isAny(String condition) {
        return !entities.createNativeQuery("select 1 from study where " + condition + " limit 1")
                .getResultList()
                .isEmpty();
    }

    private Optional<Taken> next(LockedRun run) {
        if (run.state() != State.RUNNING) {
            return Optional.empty();
        }
        Optional<String> study = chosen.next(run.choice(), run.id());
        if (study.isEmpty()) {
            if (!chosen.isAnyLeft(run.choice(), run.id())) {
                moved(run, State.DONE, EventKind.RERUN_DONE, null);
            }
            return Optional.empty();
        }
        if (rows.servingChanged(run.id())) {
            moved(
                    run,
                    State.PAUSED,
                    EventKind.RERUN_PAUSED,
                    "other releases serve now than when it was started: " + serving());
            return Optional.empty();
        }
        if (rows.hasFailedInSuccession(run, FAILURES)) {
            moved(
                    run,
                    State.PAUSED,
                    EventKind.RERUN_PAUSED,
                    FAILURES + " studies in succession keep what they had, or failed at delivery");
            return Optional.empty();
        }
        return study.map(uid -> new Taken(
                uid,
                life.judgeAgain(uid, run.id(), new Actor(run.startedBy(), null)).revision()));
    }

    private String serving() {
        String now = chosen.serving().stream().map(Serving::model).collect(Collectors.joining(", "));
        return now.isEmpty()
                ? "none. Promote one, then let it go on, or stop it"
                : now
                        + ". Going on, by the button or POST /api/reruns/{id}/continue, judges what is left by these; else stop it";
    }

    private void moved(LockedRun run, State state, EventKind kind, String reason) {
        rows.move(run.id(), state, reason);
        audit.append(
                kind,
                null,
                "run " + run.id(),
                rows.find(run.id()).orElseThrow().progress().told() + (reason == null ? "" : "; by itself: " + reason));
    }
}
