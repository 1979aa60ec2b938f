package org.rigatino.triage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Reopening;
import org.rigatino.persistence.WorklistEntry;
import org.rigatino.persistence.WorklistEntry.State;

/**
 * What people do with the worklist. Each act names the version of the entry that the person saw:
 * where it is another by now the act is refused, so that two people do not both take a study unknowingly. Each act is
 * audited in its transaction.
 */
@ApplicationScoped
@PersonsAct
public class Worklist {
    static final String ENTRY =
            "from WorklistEntry e left join fetch e.finding f left join fetch f.instance left join fetch e.troubled"
                    + " left join fetch e.deciding where ";

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    @Inject
    Assignees assignees;

    /**
     * Somebody has seen to the study: it leaves the list of what is open.
     *
     * @throws WorklistConflictException where the version is another by now, or the study is acknowledged
     */
    @Transactional
    public Optional<WorklistView> acknowledge(String studyInstanceUid, int version, Actor actor) {
        return change(studyInstanceUid, version, actor, EventKind.STUDY_ACKNOWLEDGED, entry -> {
            requireOpen(entry);
            entry.state = State.ACKNOWLEDGED;
            entry.acknowledgedBy = actor.name();
            entry.acknowledgedAt = now();
            entry.reopening = null;
            entry.reopenedAt = null;
        });
    }

    /**
     * Gives the study to someone; who had it, loses it.
     *
     * @throws WorklistConflictException where the version is another by now, or the study is acknowledged
     * @throws IllegalArgumentException where there is nobody of this name, or not one who reads the worklist
     */
    @Transactional
    public Optional<WorklistView> assign(String studyInstanceUid, int version, String to, Actor actor) {
        assignees.check(to, actor.name());
        return change(studyInstanceUid, version, actor, EventKind.STUDY_ASSIGNED, entry -> {
            requireOpen(entry);
            entry.assignedTo = to;
            entry.assignedAt = now();
        });
    }

    /**
     * Takes the study back from who has it.
     *
     * @throws WorklistConflictException where the version is another by now, or nobody has the study
     */
    @Transactional
    public Optional<WorklistView> release(String studyInstanceUid, int version, Actor actor) {
        return change(studyInstanceUid, version, actor, EventKind.STUDY_RELEASED, entry -> {
            requireOpen(entry);
            if (entry.assignedTo == null) {
                throw WorklistConflictException.of(entry, WorklistReason.NOBODY_HAS);
            }
            entry.assignedTo = null;
            entry.assignedAt = null;
        });
    }

    /**
     * Puts the study at the top of the list; one that was acknowledged is open again, and nobody's.
     *
     * @throws WorklistConflictException where the version is another by now, or the study is escalated already
     */
    @Transactional
    public Optional<WorklistView> escalate(String studyInstanceUid, int version, Actor actor) {
        return change(studyInstanceUid, version, actor, EventKind.STUDY_ESCALATED, entry -> {
            if (entry.state == State.ACKNOWLEDGED) {
                reopen(entry, Reopening.escalated(entry.acknowledgedBy));
            } else if (entry.escalatedAt != null) {
                throw WorklistConflictException.of(entry, WorklistReason.ESCALATED, entry.escalatedBy);
            }
            entry.escalatedBy = actor.name();
            entry.escalatedAt = now();
        });
    }

    /**
     * Takes an escalation by a person back: the study goes to its place, and stays with who has it.
     *
     * @throws WorklistConflictException where the version is another by now, or the study is not escalated, or is by its wait
     */
    @Transactional
    public Optional<WorklistView> deEscalate(String studyInstanceUid, int version, Actor actor) {
        return change(studyInstanceUid, version, actor, EventKind.STUDY_DE_ESCALATED, entry -> {
            requireOpen(entry);
            if (entry.escalatedAt == null) {
                throw WorklistConflictException.of(entry, WorklistReason.NOT_ESCALATED);
            }
            if (WorklistView.ESCALATE_AFTER.equals(entry.escalatedBy)) {
                throw WorklistConflictException.of(entry, WorklistReason.WAITS_TOO_LONG, WorklistView.ESCALATE_AFTER);
            }
            entry.escalatedBy = null;
            entry.escalatedAt = null;
        });
    }

    /**
     * Back to the list, at its place and nobody's.
     *
     * @throws WorklistConflictException where the version is another by now, or the study is not acknowledged
     */
    @Transactional
    public Optional<WorklistView> reopen(String studyInstanceUid, int version, Actor actor) {
        return change(studyInstanceUid, version, actor, EventKind.STUDY_REOPENED, entry -> {
            if (entry.state != State.ACKNOWLEDGED) {
                throw WorklistConflictException.of(entry, WorklistReason.OPEN);
            }
            reopen(entry, Reopening.by(actor.name(), entry.acknowledgedBy));
        });
    }

    /** Open again, nobody's, and not escalated. */
    static void reopen(WorklistEntry entry, Reopening because) {
        entry.state = State.OPEN;
        entry.acknowledgedBy = null;
        entry.acknowledgedAt = null;
        entry.assignedTo = null;
        entry.assignedAt = null;
        entry.escalatedBy = null;
        entry.escalatedAt = null;
        entry.reopening = because;
        entry.reopenedAt = now();
    }

    private Optional<WorklistView> change(
            String studyInstanceUid, int version, Actor actor, EventKind kind, Consumer<WorklistEntry> act) {
        WorklistEntry entry = entities.find(WorklistEntry.class, studyInstanceUid, LockModeType.PESSIMISTIC_WRITE);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.version != version) {
            throw WorklistConflictException.of(entry);
        }
        String before = entry.assignedTo;
        act.accept(entry);
        entities.flush();
        WorklistView view = WorklistView.of(entry, false, Instant.now());
        audit.append(
                new AuditTrail.Event(kind, entry.studyInstanceUid, "revision " + entry.revision, detail(entry, before))
                        .by(actor.name())
                        .from(actor.address()));
        return Optional.of(view);
    }

    private static String detail(WorklistEntry entry, String before) {
        String detail = "priority " + entry.priority;
        if (entry.assignedTo != null) {
            detail += ", assigned to " + entry.assignedTo;
        }
        return before == null || Objects.equals(before, entry.assignedTo) ? detail : detail + ", before to " + before;
    }

    private static void requireOpen(WorklistEntry entry) {
        if (entry.state != State.OPEN) {
            throw WorklistConflictException.of(entry);
        }
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
