package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;

/** What the deliveries of a study make of the study. Those of assessments, which come after it, make nothing of it. */
@ApplicationScoped
class DeliveryOutcome {
    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    private static final Comparator<Study> ORDER_OF_LOCKS =
            Comparator.<Study, Boolean>comparing(study -> study.revision > 1).thenComparing(study -> study.id);

    /** Within the caller's transaction. */
    @Transactional
    void settle(Collection<Long> studyIds) {
        entities.flush();
        studyIds.stream()
                .distinct()
                .map(id -> entities.find(Study.class, id))
                .sorted(ORDER_OF_LOCKS)
                .forEach(this::settle);
    }

    private void settle(Study study) {
        // Another destination may have moved it since this transaction first read it.
        entities.refresh(study, LockModeType.PESSIMISTIC_WRITE);
        if (study.state() == StudyState.DELIVERING || study.state() == StudyState.DELIVERED && study.endedAt == null) {
            update(study, deliveries(study));
        }
    }

    /** Of what stands alone: what was withdrawn since another release judged proves nothing, and nobody waits for it. */
    private Map<Delivery.State, Long> deliveries(Study study) {
        Map<Delivery.State, Long> counts = new EnumMap<>(Delivery.State.class);
        entities.createQuery(
                        "select d.state, count(d) from Delivery d join d.output o where d.study = :study and "
                                + Output.IS_OF_STUDY + " and " + Output.STANDS + " group by d.state",
                        Object[].class)
                .setParameter("study", study)
                .getResultList()
                .forEach(row -> counts.put((Delivery.State) row[0], (Long) row[1]));
        return counts;
    }

    private void update(Study study, Map<Delivery.State, Long> count) {
        Instant now = Instant.now();
        if (count.containsKey(Delivery.State.PENDING)) {
            return;
        }
        boolean waiting = count.containsKey(Delivery.State.SENT);
        long failed = count.getOrDefault(Delivery.State.FAILED, 0L);
        if (failed > 0) {
            if (!waiting) {
                fail(study, now);
            }
            return;
        }
        if (!waiting && isNothingTaken(count)) {
            fail(study, now);
            return;
        }
        if (study.state() == StudyState.DELIVERING) {
            study.become(StudyState.DELIVERED, now);
        }
        if (!waiting) {
            end(study, count, now);
        }
    }

    /** CONFIRMED only where nothing rests on an answer to C-STORE alone. */
    private void end(Study study, Map<Delivery.State, Long> count, Instant now) {
        long unproved = count.getOrDefault(Delivery.State.DELIVERED, 0L);
        if (unproved == 0) {
            study.become(StudyState.CONFIRMED, now);
        } else {
            study.endWithoutProof(now);
        }
        audit.append(
                unproved == 0 ? EventKind.STUDY_CONFIRMED : EventKind.STUDY_DELIVERED,
                study.studyInstanceUid,
                "revision " + study.revision,
                (count.isEmpty()
                                ? "nothing to deliver"
                                : count.getOrDefault(Delivery.State.CONFIRMED, 0L) + " deliveries confirmed")
                        + (unproved == 0 ? "" : ", " + unproved + " delivered without proof")
                        + told(count, Delivery.State.DECLINED, " declined")
                        + told(count, Delivery.State.CANCELLED, " cancelled"));
    }

    private static String told(Map<Delivery.State, Long> count, Delivery.State state, String what) {
        return count.containsKey(state) ? ", " + count.get(state) + what : "";
    }

    /** That a refused object was not essential is no success where no archive took any other. */
    private static boolean isNothingTaken(Map<Delivery.State, Long> count) {
        return !count.isEmpty()
                && Stream.of(Delivery.State.SENT, Delivery.State.DELIVERED, Delivery.State.CONFIRMED)
                        .noneMatch(count::containsKey);
    }

    /** At confirm where the destinations took everything and did not prove it, else at deliver. */
    private void fail(Study study, Instant now) {
        List<Delivery> failed = entities.createQuery(
                        "from Delivery d join fetch d.output o where d.study = :study and d.state in :lost and "
                                + Output.IS_OF_STUDY + " and " + Output.STANDS
                                + " order by case when d.state = :failed then 0 else 1 end, d.sentAt nulls first, d.id",
                        Delivery.class)
                .setParameter("study", study)
                .setParameter("lost", List.of(Delivery.State.FAILED, Delivery.State.DECLINED, Delivery.State.CANCELLED))
                .setParameter("failed", Delivery.State.FAILED)
                .getResultList();
        Delivery first = failed.get(0);
        StudyStage stage = first.sentAt == null ? StudyStage.DELIVER : StudyStage.CONFIRM;
        long count = failed.stream().filter(row -> row.state == first.state).count();
        String cause = count + " deliveries " + first.state.name().toLowerCase(Locale.ROOT)
                + (first.state == Delivery.State.FAILED ? "" : " and nothing delivered") + "; the first, "
                + first.output.sopInstanceUid + " at "
                + first.destination + ": " + first.lastError;
        study.fail(stage, cause, now);
        audit.append(
                EventKind.STUDY_FAILED, study.studyInstanceUid, "revision " + study.revision, stage + ": " + cause);
    }
}
