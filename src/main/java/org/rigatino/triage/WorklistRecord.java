package org.rigatino.triage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.finding.Priority;
import org.rigatino.persistence.Reopening;
import org.rigatino.persistence.Reopening.News;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.WorklistEntry;
import org.rigatino.persistence.WorklistEntry.State;

/** What the keeper of the worklist writes, a study a transaction. */
@ApplicationScoped
class WorklistRecord {
    private static final String OUTCOMES = "('DELIVERING', 'DELIVERED', 'CONFIRMED', 'REFUSED', 'FAILED')";

    /**
     * What it is narrowed down by, beside what its row has; without the version: no act depends on it. A flagged image makes a study HIGH where its
     * release knows no normal studies, and nothing of it where that knows some and their p-value is not small.
     */
    private static final String FILTERS =
            """
            update worklist_entry e set
              senders = coalesce((select array_agg(distinct i.calling_ae_title) from instance i
                join study s on s.id = i.study_id
                where s.study_instance_uid = e.study_instance_uid and i.outcome <> 'OWN_OUTPUT'), '{}'),
              modalities = coalesce((select array_agg(distinct i.modality) from instance i
                join study s on s.id = i.study_id
                where s.study_instance_uid = e.study_instance_uid and i.outcome <> 'OWN_OUTPUT'
                  and i.modality is not null), '{}'),
              earlier = exists (select from retrieval r
                where r.study_instance_uid = e.study_instance_uid and r.event_source = 'earlier' and r.state = 'RETRIEVED'
                  and not exists (select from instance i join study s on s.id = i.study_id
                    where s.study_instance_uid = e.study_instance_uid and i.outcome <> 'OWN_OUTPUT'
                      and i.received_at not between r.requested_at and r.ended_at)),
              release = coalesce((select s.deciding_model from study s where s.id = e.deciding_id
                  and (e.judged <> 'HIGH' or s.p_value <= s.false_alarms + 1e-9)),
                (select f.model_name || '/' || f.model_version from finding f join instance i on i.id = f.instance_id
                  join study s on s.id = i.study_id
                  where e.judged = 'HIGH' and s.study_instance_uid = e.study_instance_uid and f.flagged
                    and i.outcome = 'RESTORED'
                    and f.created_at = (select max(last.created_at) from finding last where last.instance_id = i.id)
                    and f.model_digest not in (select model_digest from release_standing where normal_studies > 0)
                  order by f.percentile desc, f.score desc, f.id limit 1),
                (select f.model_name || '/' || f.model_version from finding f where f.id = e.finding_id))
            where e.study_instance_uid = :uid""";

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    @Inject
    StudyStanding standing;

    @Inject
    TriageConfiguration configuration;

    /** Ids of study revisions with an outcome that the worklist has not taken in. */
    @Transactional
    List<Long> unlisted(int limit) {
        return entities.createNativeQuery(
                        "select id from study where state in " + OUTCOMES
                                + " and listed_outcome_at is distinct from coalesce(ended_at, restored_at) order by id",
                        Long.class)
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * Takes a revision's outcome in, without touching the row's version: the worker's moves do not depend on it. A study
     * that was acknowledged comes back where this raises it, is HIGH by itself, or brings trouble.
     */
    @Transactional
    void list(long studyId) {
        Study study = entities.find(Study.class, studyId, LockModeType.PESSIMISTIC_WRITE);
        Optional<StudyStanding.Standing> found = standing.of(study.studyInstanceUid);
        WorklistEntry entry =
                entities.find(WorklistEntry.class, study.studyInstanceUid, LockModeType.PESSIMISTIC_WRITE);
        List<News> told = found.map(now -> now.told(study)).orElse(List.of());
        String because = null;
        if (found.isPresent() && entry == null) {
            entry = new WorklistEntry();
            entry.studyInstanceUid = study.studyInstanceUid;
            entry.listedAt = Worklist.now();
            entry.waitingSince = study.lastReceivedAt;
            found.get().write(entry);
            entities.persist(entry);
        } else if (found.isPresent()) {
            because = update(entry, study, found.get());
        } else if (entry != null && !standing.isUnderWay(study.studyInstanceUid)) {
            // What brought it onto the list was settled by a person, and nothing came of it that anyone has to look at.
            entities.remove(entry);
        }
        entities.createNativeQuery("update study set listed_outcome_at = coalesce(ended_at, restored_at),"
                        + " listed_as = :told where id = :id")
                .setParameter("told", told.stream().map(News::code).toArray(String[]::new))
                .setParameter("id", studyId)
                .executeUpdate();
        entities.flush();
        entities.createNativeQuery(FILTERS)
                .setParameter("uid", study.studyInstanceUid)
                .executeUpdate();
        if (because != null) {
            audit.append(EventKind.STUDY_REOPENED, study.studyInstanceUid, "revision " + study.revision, because);
        }
    }

    /** @return why it is open again; null where it was open, or stays acknowledged */
    private String update(WorklistEntry entry, Study study, StudyStanding.Standing now) {
        News raised = now.raisedFrom(entry, study, before(study));
        now.write(entry);
        tellWhatHolds(entry, study, raised, now);
        if (raised == null) {
            return null;
        }
        entry.waitingSince = study.rerunId == null ? study.lastReceivedAt : study.readyAt;
        if (entry.state == State.OPEN) {
            return null;
        }
        Reopening because = Reopening.of(study.revision, raised, entry.acknowledgedBy);
        Worklist.reopen(entry, because);
        return because.text();
    }

    private List<String> before(Study study) {
        return entities.createNativeQuery("select unnest(listed_as) from study where id = :id", String.class)
                .setParameter("id", study.id)
                .getResultList();
    }

    /** What brought it back may have been mended since, or have become something else. What was so stands in the trail. */
    private static void tellWhatHolds(WorklistEntry entry, Study study, News raised, StudyStanding.Standing now) {
        Reopening told = entry.reopening;
        if (told == null || !told.byItself()) {
            return;
        }
        Optional<Reopening> holds = now.holding(told)
                .or(() -> Optional.ofNullable(raised).map(what -> Reopening.of(study.revision, what, told.after())));
        entry.reopening = holds.orElse(null);
        entry.reopenedAt = holds.isPresent() ? entry.reopenedAt : null;
    }

    /** Study Instance UIDs of what has waited longer than its priority allows, the longest first. */
    @Transactional
    List<String> overdue(Instant now, int limit) {
        List<String> overdue = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            Optional<Duration> after = configuration.escalateAfter().of(priority);
            if (after.isPresent()) {
                overdue.addAll(entities.createQuery(
                                "select studyInstanceUid from WorklistEntry where state = :open and priority = :priority"
                                        + " and earlier = false and escalatedAt is null and waitingSince <= :before order by waitingSince",
                                String.class)
                        .setParameter("open", State.OPEN)
                        .setParameter("priority", priority)
                        .setParameter("before", now.minus(after.get()))
                        .setMaxResults(limit)
                        .getResultList());
            }
        }
        return overdue;
    }

    /** Decides again under the entry's lock: somebody may have acknowledged it in between, or settled what it was listed for. */
    @Transactional
    void escalate(String studyInstanceUid, Instant now) {
        WorklistEntry entry = entities.find(WorklistEntry.class, studyInstanceUid, LockModeType.PESSIMISTIC_WRITE);
        if (entry == null) {
            return;
        }
        Duration after = configuration.escalateAfter().of(entry.priority).orElse(null);
        if (entry.state != State.OPEN
                || entry.escalatedAt != null
                || entry.earlier
                || after == null
                || entry.waitingSince.isAfter(now.minus(after))) {
            return;
        }
        entry.escalatedBy = WorklistView.ESCALATE_AFTER;
        entry.escalatedAt = Worklist.now();
        entities.flush();
        audit.append(
                EventKind.STUDY_ESCALATED,
                studyInstanceUid,
                "revision " + entry.revision,
                "priority " + entry.priority + " and not acknowledged within " + after + " of the last instance"
                        + (entry.assignedTo == null ? "" : ", assigned to " + entry.assignedTo));
    }
}
