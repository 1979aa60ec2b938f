package org.rigatino.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.rigatino.persistence.Study;

/**
 * What others say of a study's instances: which there are, how many, or which were performed. Where all of them are here, the study need not
 * wait for its quiet period to end.
 */
@ApplicationScoped
public class Completion {
    /** Longest that something is remembered of a study that never comes. */
    private static final Duration MEMORY = Duration.ofDays(7);

    /** At least one announced instance is of this revision, and none is missing. */
    private static final String ANNOUNCED =
            """
            exists (select 1 from announced_instance a join instance i on i.sop_instance_uid = a.sop_instance_uid
                    where a.study_instance_uid = s.study_instance_uid and i.study_id = s.id)
            and not exists (select 1 from announced_instance a where a.study_instance_uid = s.study_instance_uid
                    and not exists (select 1 from instance i where i.sop_instance_uid = a.sop_instance_uid))""";

    /** Told after the last instance came, twice the same, and no more than are here without our own outputs. */
    private static final String COUNTED =
            """
            exists (select 1 from expected_count e where e.study_instance_uid = s.study_instance_uid
                    and e.instances > 0 and e.unchanged_since >= s.last_received_at and e.told_at > e.unchanged_since
                    and e.instances <= (select count(*) from instance i join study r on r.id = i.study_id
                            where r.study_instance_uid = s.study_instance_uid and i.outcome not in ('OWN_OUTPUT', 'SET_ASIDE')))""";

    @Inject
    Session entities;

    @Inject
    PerformedSteps steps;

    /** These instances belong to the study; the same may be told any number of times, before or after they come. */
    @Transactional
    public void announce(String studyInstanceUid, Collection<String> sopInstanceUids, String by) {
        Instant now = now();
        for (String sopInstanceUid : sopInstanceUids) {
            entities.createNativeQuery(
                            """
                            insert into announced_instance
                              (study_instance_uid, sop_instance_uid, announced_by, announced_at)
                            values (:study, :instance, :by, :now) on conflict do nothing""")
                    .setParameter("study", studyInstanceUid)
                    .setParameter("instance", sopInstanceUid)
                    .setParameter("by", by)
                    .setParameter("now", now)
                    .executeUpdate();
        }
    }

    /** So many instances does {@code by} hold of the study now. */
    @Transactional
    public void expect(String studyInstanceUid, int instances, String by) {
        entities.createNativeQuery(
                        """
                        insert into expected_count (study_instance_uid, told_by, instances, unchanged_since, told_at)
                        values (:study, :by, :instances, :now, :now)
                        on conflict (study_instance_uid, told_by) do update set
                          unchanged_since = case when expected_count.instances = excluded.instances
                            and expected_count.unchanged_since >= (select max(last_received_at) from study
                              where study_instance_uid = excluded.study_instance_uid)
                            then expected_count.unchanged_since else excluded.told_at end,
                          instances = excluded.instances, told_at = excluded.told_at""")
                .setParameter("study", studyInstanceUid)
                .setParameter("by", by)
                .setParameter("instances", instances)
                .setParameter("now", now())
                .executeUpdate();
    }

    /**
     * Studies of a sender that nothing has come of for a moment, and that were not counted just now.
     *
     * @param by who is to count them, as in {@link #expect}
     * @param before the moment
     * @param without studies
     */
    @Transactional
    List<String> uncounted(String by, Instant before, Collection<String> without, int most) {
        return entities.createNativeQuery(
                        """
                        select s.study_instance_uid from study s
                        where s.state = 'RECEIVING' and s.last_received_at <= :before
                          and s.study_instance_uid <> all (cast(:without as text[]))
                          and exists (select 1 from instance i where i.study_id = s.id and i.calling_ae_title = :sender)
                          and not exists (select 1 from expected_count e where e.told_by = :sender
                            and e.study_instance_uid = s.study_instance_uid and e.told_at > :before)
                        order by s.last_received_at""",
                        String.class)
                .setParameter("sender", by)
                .setParameter("before", before)
                .setParameter("without", without.toArray(String[]::new))
                .setMaxResults(most)
                .getResultList();
    }

    /** Revisions that are receiving and whole. */
    @Transactional
    List<Long> whole() {
        return entities.createNativeQuery(
                        "select s.id from study s where s.state = 'RECEIVING' and not " + PerformedSteps.MORE_TO_COME
                                + " and (" + ANNOUNCED + " or " + COUNTED + " or " + PerformedSteps.COMPLETE
                                + ") order by s.id",
                        Long.class)
                .getResultList();
    }

    /** What says that the revision is whole, asked within the transaction that holds its study. */
    Optional<String> wholeBy(Study study) {
        long id = study.id;
        if (holds(PerformedSteps.MORE_TO_COME, id)) {
            return Optional.empty();
        }
        if (holds(PerformedSteps.COMPLETE, id) && steps.areOfItsPatient(study.studyInstanceUid)) {
            return Optional.of("PERFORMED_STEP");
        }
        if (holds(ANNOUNCED, id)) {
            return Optional.of("ANNOUNCEMENT");
        }
        return holds(COUNTED, id) ? Optional.of("EXPECTED_COUNT") : Optional.empty();
    }

    private boolean holds(String condition, long id) {
        return !entities.createNativeQuery("select s.id from study s where s.id = :id and " + condition, Long.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    /** Forgets what was said of studies that did not come. */
    @Transactional
    void forget() {
        for (String table : List.of(
                "announced_instance where announced_at",
                "expected_count where told_at",
                "performed_step where changed_at")) {
            entities.createNativeQuery("delete from " + table + " < :before")
                    .setParameter("before", now().minus(MEMORY))
                    .executeUpdate();
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
