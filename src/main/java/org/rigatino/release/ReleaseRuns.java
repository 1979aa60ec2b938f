package org.rigatino.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * What releases cost on studies, and what those in shadow made of them. Rows of its own alone: nothing of a study, its findings,
 * outputs or deliveries is written or locked, and nothing is told in the trail but by those who promote.
 */
@ApplicationScoped
public class ReleaseRuns {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Judged, or refused by what its images are; the latest first, so that what is left out is the oldest. None while any study
     * waits for a worker.
     */
    private static final String NEXT =
            """
            insert into release_run (study_id, model_digest, standing, state, worker, started_at, withheld)
            select s.id, r.model_digest, 'SHADOW', 'RUNNING', :worker, now(),
              array(select id from instance where study_id = s.id and outcome not in ('RESTORED', 'REFUSED') order by id)
            from release_standing r join study s on coalesce(s.restored_at, s.ended_at) >= r.since
            where r.standing = 'SHADOW' and r.model_digest in (:digests)
              and s.first_received_at > now() - make_interval(secs => :within) - interval '1 day'
              and coalesce(s.restored_at, s.ended_at) > now() - make_interval(secs => :within)
              and s.superseded_at is null
              and not exists (select 1 from study waiting where waiting.state = 'READY' and waiting.published_at is not null)
              and (s.state in ('RESTORED', 'DELIVERING', 'DELIVERED', 'CONFIRMED')
                   or s.state = 'FAILED' and s.restored_at is not null
                   or s.state = 'REFUSED' and s.refusal_rule not in ('patient-identity', 'own-output', 'no-image', 'set-aside'))
              and not exists (select 1 from release_run x
                              where x.study_id = s.id and x.model_digest = r.model_digest and x.standing = 'SHADOW')
            order by coalesce(s.restored_at, s.ended_at) desc, r.model_digest limit 1
            on conflict do nothing
            returning id, study_id, model_digest""";

    @Inject
    Session entities;

    @Inject
    Presence presence;

    /**
     * A study that a shadow is to judge now; nobody else takes it.
     *
     * @param files that were judged or refused
     */
    public record Claimed(long run, long study, String studyInstanceUid, String digest, List<File> files) {}

    /**
     * An instance's file.
     *
     * @param instance id of its row
     * @param location below the instance store
     * @param sha256 of the bytes received, in hex
     */
    public record File(long instance, String sopInstanceUid, String location, String sha256, String callingAeTitle) {}

    /** What a shadow says of a frame. */
    public record Said(long instance, int frameNumber, double score, double percentile, boolean flagged) {}

    /**
     * What a shadow made of a study.
     *
     * @param refused frames that it does not take
     * @param failed files that cannot be read
     * @param drawingSeconds within the network
     * @param workSeconds reading, drawing and judging; without waiting
     * @param percentile of the highest image; null where it judged none, the next two also
     * @param pValue null where it has no normal studies
     */
    public record Outcome(
            List<Said> said,
            long refused,
            int failed,
            double drawingSeconds,
            double workSeconds,
            Double percentile,
            String priority,
            Double pValue) {}

    /** Frames that a release that serves drew for a study, and how long its network took. */
    public record Cost(String digest, int frames, double drawingSeconds) {}

    /**
     * @param digests of shadows that are here
     * @param within how long ago a study may have been judged
     * @return empty also while any study waits for a worker, whichever
     */
    @Transactional
    public Optional<Claimed> next(Collection<String> digests, Duration within) {
        if (digests.isEmpty()) {
            return Optional.empty();
        }
        return entities.createNativeQuery(NEXT, Object[].class)
                .setParameter("worker", presence.worker())
                .setParameter("digests", digests)
                .setParameter("within", (double) within.toSeconds())
                .uniqueResultOptional()
                .map(row -> claimed((Long) row[0], (Long) row[1], (String) row[2]));
    }

    private Claimed claimed(long run, long study, String digest) {
        List<Object[]> instances = entities.createNativeQuery(
                        "select i.id, i.sop_instance_uid, i.location, i.sha256, s.study_instance_uid, i.calling_ae_title from instance i join"
                                + " study s on s.id = i.study_id join release_run r on r.study_id = s.id"
                                + " where r.id = :run and i.id <> all (r.withheld)"
                                + " order by i.series_instance_uid, i.id",
                        Object[].class)
                .setParameter("run", run)
                .getResultList();
        return new Claimed(
                run,
                study,
                instances.isEmpty() ? "" : (String) instances.get(0)[4],
                digest,
                instances.stream()
                        .map(row -> new File(
                                (Long) row[0], (String) row[1], (String) row[2], (String) row[3], (String) row[5]))
                        .toList());
    }

    @Transactional
    public void done(long run, Outcome outcome) {
        int rows = entities.createNativeQuery(
                        """
                        update release_run set state = 'DONE', ended_at = now(), images = :images, images_refused = :refused,
                          images_failed = :failed, drawing_seconds = :drawing, work_seconds = :work,
                          percentile = cast(:percentile as double precision), priority = :priority,
                          p_value = cast(:p as double precision)
                        where id = :run and state = 'RUNNING'""")
                .setParameter("images", outcome.said().size())
                .setParameter("refused", (int) Math.min(outcome.refused(), Integer.MAX_VALUE))
                .setParameter("failed", outcome.failed())
                .setParameter("drawing", outcome.drawingSeconds())
                .setParameter("work", outcome.workSeconds())
                .setParameter("percentile", outcome.percentile())
                .setParameter("priority", outcome.priority())
                .setParameter("p", outcome.pValue())
                .setParameter("run", run)
                .executeUpdate();
        if (rows == 1 && !outcome.said().isEmpty()) {
            entities.createNativeQuery(
                            """
                            insert into shadow_finding (run_id, instance_id, frame_number, score, percentile, flagged)
                            select :run, "instance", "frameNumber", "score", "percentile", "flagged"
                            from jsonb_to_recordset(cast(:said as jsonb)) as said("instance" bigint, "frameNumber" integer,
                              "score" double precision, "percentile" double precision, "flagged" boolean)""")
                    .setParameter("run", run)
                    .setParameter("said", json(outcome.said()))
                    .executeUpdate();
        }
    }

    private static String json(List<Said> said) {
        try {
            return JSON.writeValueAsString(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param cause never patient data */
    @Transactional
    public void failed(long run, String cause, double workSeconds) {
        entities.createNativeQuery("update release_run set state = 'FAILED', cause = :cause, ended_at = now(),"
                        + " work_seconds = :work where id = :run and state = 'RUNNING'")
                .setParameter("cause", cause)
                .setParameter("work", workSeconds)
                .setParameter("run", run)
                .executeUpdate();
    }

    /** Fails what workers left that are not alive any more. @return how many */
    @Transactional
    public int abandon() {
        return entities.createNativeQuery(
                        """
                        update release_run set state = 'FAILED', cause = 'its worker ended before it was done', ended_at = now()
                        where state = 'RUNNING' and started_at < now() - make_interval(secs => :alive)
                          and worker not in (select worker from release_at_worker
                                             where seen_at > now() - make_interval(secs => :alive))""")
                .setParameter("alive", (double) Presence.ALIVE.toSeconds())
                .executeUpdate();
    }

    /** Fails what this worker began, which judges nothing in shadow now: how that ended could not be recorded. @return how many */
    @Transactional
    public int abandonOwn() {
        return entities.createNativeQuery("update release_run set state = 'FAILED', ended_at = now(),"
                        + " cause = 'how it ended could not be recorded, while the record was away for instance'"
                        + " where state = 'RUNNING' and worker = :worker")
                .setParameter("worker", presence.worker())
                .executeUpdate();
    }

    /** What releases that serve cost on a study, which has its outcome already. */
    @Transactional
    public void served(long study, List<Cost> costs) {
        for (Cost cost : costs) {
            entities.createNativeQuery(
                            """
                            insert into release_run (study_id, model_digest, standing, state, worker, started_at, ended_at, images,
                              drawing_seconds)
                            select :study, :digest, 'SERVING', 'DONE', :worker, now(), now(), :frames, :seconds
                            where exists (select 1 from release_standing where model_digest = :digest)
                            on conflict (study_id, model_digest, standing) do nothing""")
                    .setParameter("study", study)
                    .setParameter("digest", cost.digest())
                    .setParameter("worker", presence.worker())
                    .setParameter("frames", cost.frames())
                    .setParameter("seconds", cost.drawingSeconds())
                    .executeUpdate();
        }
    }
}
