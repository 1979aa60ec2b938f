package org.rigatino.study;

import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.persistence.StudyStage;

/**
 * A study revision in the hands of this process, which holds its lock until the claim is closed. One of {@link #restored},
 * {@link #refused}, {@link #failed} and {@link #giveBack} settles it; closing it fails the revision where none has, so that
 * no way out of the work, an {@code Error} included, leaves it RESTORING unsaid. For one thread at a time.
 */
public final class StudyClaim implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StudyClaim.class);

    /** Work on a claim. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    private final ClaimedStudy study;
    private final ClaimEnd end;
    private final AdvisoryLock owner;
    private StudyStage stage = StudyStage.RESTORE;
    private Throwable problem;
    private boolean settled;

    StudyClaim(ClaimedStudy study, ClaimEnd end, AdvisoryLock owner) {
        this.study = study;
        this.end = end;
        this.owner = owner;
    }

    public ClaimedStudy study() {
        return study;
    }

    /** Does the work; what it throws is told as the cause where it leaves the claim unsettled. */
    public <E extends Exception> void during(Work<E> work) throws E {
        try {
            work.run();
        } catch (Throwable e) {
            problem = e;
            throw e;
        }
    }

    /** What the study came to, with its findings, outputs and deliveries. Where this throws, nothing was recorded. */
    public void restored(Restored result) {
        settle(() -> end.restored(study, result));
    }

    /** @param explanation what was wrong, where; never patient data */
    public void refused(String rule, String explanation) {
        settle(() -> end.refused(study, rule, explanation));
    }

    /** @param cause what was wrong, where, what to do; never patient data */
    public void failed(StudyStage at, String cause) {
        settle(() -> end.failed(study, at, cause));
    }

    /**
     * Leaves the revision as it is, for whom its event, or the listener's sweep, brings it to next. Where that cannot be
     * recorded, it counts as a worker that died of the study.
     */
    public void giveBack() {
        settled = true;
        LOG.infof(
                "study %s revision %d is given back; it will be taken on again",
                study.studyInstanceUid(), study.revision());
        try {
            end.givenBack(study);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "that study %s revision %d was given back cannot be recorded: %s",
                    study.studyInstanceUid(), study.revision(), e.getMessage());
        }
    }

    private void settle(Runnable move) {
        if (settled) {
            throw new IllegalStateException("the claim of study " + study.studyInstanceUid() + " revision "
                    + study.revision() + " is settled already");
        }
        stage = StudyStage.RECORD;
        move.run();
        settled = true;
    }

    /** @throws IllegalStateException or what the database says, where the failure cannot be recorded either */
    @Override
    public void close() {
        try (Released released = new Released(owner)) {
            if (!settled) {
                settled = true;
                LOG.errorf(
                        problem,
                        "study %s revision %d was left without an outcome and fails at %s",
                        study.studyInstanceUid(),
                        study.revision(),
                        stage);
                end.failed(study, stage, cause());
            }
        }
    }

    /** Messages of libraries may quote what they were given, so they are left out. */
    private String cause() {
        if (problem == null) {
            return "the worker let go of the study without an outcome: report it, and replay the study";
        }
        StackTraceElement[] trace = problem.getStackTrace();
        return problem.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0])
                + ": mend the cause, which the log tells, and replay the study";
    }

    /** The revision's lock, let go of on every way out. */
    private record Released(AdvisoryLock owner) implements AutoCloseable {
        @Override
        public void close() {
            try {
                owner.close();
            } catch (SQLException e) {
                LOG.warnf("the lock of a study goes with its connection: %s", e.getMessage());
            }
        }
    }
}
