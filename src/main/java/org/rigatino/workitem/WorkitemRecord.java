package org.rigatino.workitem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.Uids;

/** Rows of workitems, from before their claim is sent until a week after their end, and of their services. */
@ApplicationScoped
class WorkitemRecord {
    private static final Duration MEMORY = Duration.ofDays(7);
    private static final String ROW =
            "id, service, workitem_uid, transaction_uid, study_instance_uid, instance_uids, source, state, progress,"
                    + " cancel_reason, attempts, found_at, claimed_at, cancel_requested_at is not null";

    @Inject
    Session entities;

    @Inject
    AuditTrail audit;

    /**
     * A Transaction UID for the claim that is about to be sent. Commits before it returns.
     *
     * @return false where the workitem is on record
     */
    @Transactional
    boolean claiming(String service, Workitem workitem, String source) {
        return entities.createNativeQuery(
                                """
                                insert into workitem (service, workitem_uid, transaction_uid, study_instance_uid, instance_uids,
                                  source, state, next_attempt_at, found_at)
                                values (:service, :uid, :transaction, :study, :instances, cast(:source as text), 'CLAIMING', :now,
                                  :now) on conflict (service, workitem_uid) do nothing""")
                        .setParameter("service", service)
                        .setParameter("uid", workitem.uid())
                        .setParameter(
                                "transaction",
                                Uids.nameBased(
                                        "transaction",
                                        workitem.uid(),
                                        UUID.randomUUID().toString()))
                        .setParameter("study", workitem.study())
                        .setParameter("instances", workitem.input().instances().toArray(String[]::new))
                        .setParameter("source", source)
                        .setParameter("now", Instant.now())
                        .executeUpdate()
                > 0;
    }

    /** Which of them are on record. */
    @Transactional
    Set<String> known(String service, Collection<String> uids) {
        return new HashSet<>(entities.createNativeQuery(
                        "select workitem_uid from workitem where service = :service"
                                + " and workitem_uid = any (cast(:uids as text[]))",
                        String.class)
                .setParameter("service", service)
                .setParameter("uids", uids.toArray(String[]::new))
                .getResultList());
    }

    /**
     * Those that have not ended. Claims that were refused so often, and may have been made all the same, are counted as far as they are more
     * than so many: what is only held in doubt leaves room for others.
     */
    @Transactional
    int open(String service, int refusals, int most) {
        return entities.createNativeQuery(
                        """
                        select count(*) filter (where not doubtful) + greatest(count(*) filter (where doubtful) - :most, 0)
                        from (select state = 'CLAIMING' and attempts >= :refusals as doubtful from workitem
                          where service = :service and ended_at is null) as open""",
                        Integer.class)
                .setParameter("service", service)
                .setParameter("refusals", refusals)
                .setParameter("most", most)
                .getSingleResult();
    }

    /** Services that still have handed out what has not ended. */
    @Transactional
    List<String> withOpen() {
        return entities.createNativeQuery(
                        "select distinct service from workitem where ended_at is null order by service", String.class)
                .getResultList();
    }

    /** Those that have not ended and whose time has come, the longest due first. */
    @Transactional
    List<ClaimedWorkitem> due(String service) {
        return entities
                .createNativeQuery(
                        "select " + ROW + " from workitem where service = :service and ended_at is null"
                                + " and next_attempt_at <= :now order by next_attempt_at, id",
                        Object[].class)
                .setParameter("service", service)
                .setParameter("now", Instant.now())
                .getResultList()
                .stream()
                .map(WorkitemRecord::row)
                .toList();
    }

    private static ClaimedWorkitem row(Object[] row) {
        return new ClaimedWorkitem(
                (Long) row[0],
                (String) row[1],
                (String) row[2],
                (String) row[3],
                (String) row[4],
                Set.of((String[]) row[5]),
                (String) row[6],
                WorkitemState.valueOf((String) row[7]),
                (Integer) row[8],
                (String) row[9],
                (Integer) row[10],
                (Instant) row[11],
                (Instant) row[12],
                (Boolean) row[13]);
    }

    /** The service says that it is ours. */
    @Transactional
    void claimed(ClaimedWorkitem workitem) {
        update("state = 'IN_PROGRESS', claimed_at = :value, attempts = 0, last_error = null", workitem, Instant.now());
        audit.append(EventKind.WORKITEM_CLAIMED, workitem.study(), workitem.uid(), "at " + workitem.service());
    }

    /** The service has taken a progress. */
    @Transactional
    void reported(ClaimedWorkitem workitem, int progress) {
        update("progress = :value, attempts = 0, last_error = null", workitem, progress);
    }

    /**
     * Another asks to cancel it. What is not ours, or has ended, is left as it is.
     *
     * @return whether that is new
     */
    @Transactional
    boolean cancelRequested(String service, String uid) {
        return entities.createNativeQuery("update workitem set cancel_requested_at = now()"
                                + " where service = :service and workitem_uid = :uid and ended_at is null"
                                + " and cancel_requested_at is null")
                        .setParameter("service", service)
                        .setParameter("uid", uid)
                        .executeUpdate()
                > 0;
    }

    /** From now on nothing else becomes of it. */
    @Transactional
    void canceling(ClaimedWorkitem workitem, String reason) {
        update("cancel_reason = :value", workitem, reason);
    }

    /** The service refused something of it, which is tried again after the pause. */
    @Transactional
    void refused(ClaimedWorkitem workitem, String cause, Duration pause) {
        postpone("attempts + 1", workitem, cause, pause);
    }

    /** It could not be worked on, for a reason of ours or because no answer came: nobody's refusal. */
    @Transactional
    void postponed(ClaimedWorkitem workitem, String cause, Duration pause) {
        postpone("attempts", workitem, cause, pause);
    }

    private void postpone(String attempts, ClaimedWorkitem workitem, String cause, Duration pause) {
        update("attempts = " + attempts + ", last_error = :value", workitem, cause);
        entities.createNativeQuery("update workitem set next_attempt_at = :next where id = :id")
                .setParameter("next", Instant.now().plus(pause))
                .setParameter("id", workitem.id())
                .executeUpdate();
    }

    /** @param detail for the trail */
    @Transactional
    void ended(ClaimedWorkitem workitem, WorkitemState state, String detail) {
        String set = "state = '" + state + "', ended_at = now(), last_error = "
                + (state == WorkitemState.LOST || state == WorkitemState.GIVEN_UP
                        ? ":value"
                        : "nullif(:value, :value)");
        if (update(set, workitem, detail) > 0) {
            audit.append(kind(state), workitem.study(), workitem.uid(), "at " + workitem.service() + ": " + detail);
        }
    }

    private static EventKind kind(WorkitemState state) {
        return switch (state) {
            case COMPLETED -> EventKind.WORKITEM_COMPLETED;
            case CANCELED -> EventKind.WORKITEM_CANCELED;
            case LOST -> EventKind.WORKITEM_LOST;
            default -> EventKind.WORKITEM_GIVEN_UP;
        };
    }

    private int update(String set, ClaimedWorkitem workitem, Object value) {
        return entities.createNativeQuery("update workitem set " + set + " where id = :id and ended_at is null")
                .setParameter("value", value)
                .setParameter("id", workitem.id())
                .executeUpdate();
    }

    /** How it stands with a service. @param error null where it answered */
    @Transactional
    void asked(String service, String error) {
        entities.createNativeQuery(
                        """
                        insert into workitem_service as s (name, asked_at, failing_since, last_error)
                        values (:name, now(), case when cast(:error as text) is null then null else now() end,
                          cast(:error as text))
                        on conflict (name) do update set asked_at = excluded.asked_at, last_error = excluded.last_error,
                          failing_since = case when excluded.last_error is null then null
                            else coalesce(s.failing_since, excluded.failing_since) end""")
                .setParameter("name", service)
                .setParameter("error", error)
                .executeUpdate();
    }

    /** The trail keeps what became of them. */
    @Transactional
    void forget(Instant now) {
        entities.createNativeQuery("delete from workitem where ended_at < :before")
                .setParameter("before", now.minus(MEMORY))
                .executeUpdate();
    }
}
