package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.rigatino.audit.AuditSource;
import org.rigatino.rule.RulesInForce;

/** Which worker processes are alive, and what releases each has. */
@ApplicationScoped
public class Presence {
    /** How often a worker tells. */
    public static final String EVERY = "10s";

    /** Who has not told for longer is gone. */
    static final Duration ALIVE = Duration.ofSeconds(45);

    /** This process, among all that share the database. */
    private final String worker = UUID.randomUUID().toString();

    @Inject
    Session entities;

    @Inject
    RulesInForce rules;

    /**
     * A release at this worker.
     *
     * @param problem why it is not open; null where it was opened
     * @param residentBytes by which the process grew when it was opened; null where nobody can tell
     */
    public record Held(String digest, String problem, Long residentBytes) {
        /** One that is on its disk, and no more is known. */
        public static Held unopened(String digest) {
            return new Held(digest, "has not opened it yet", null);
        }
    }

    /**
     * How the workers that are alive hold one release.
     *
     * @param workers how many have opened it
     * @param lacking hosts of the others, each with why
     * @param residentBytes the most that one grew by; null where nobody can tell
     */
    public record OfRelease(int workers, List<String> lacking, Long residentBytes) {}

    public String worker() {
        return worker;
    }

    /** This worker is alive and has these; rows of workers that ended a day ago go. */
    @Transactional
    public void tell(Collection<Held> releases) {
        for (Held held : releases) {
            entities.createNativeQuery(
                            """
                            insert into release_at_worker (worker, host, model_digest, seen_at, problem, resident_bytes, rules)
                            select :worker, :host, :digest, now(), :problem, cast(:bytes as bigint), :rules
                            where exists (select 1 from release_standing where model_digest = :digest)
                            on conflict (worker, model_digest) do update
                            set seen_at = now(), problem = excluded.problem, resident_bytes = excluded.resident_bytes,
                              rules = excluded.rules""")
                    .setParameter("worker", worker)
                    .setParameter("host", AuditSource.host())
                    .setParameter("digest", held.digest())
                    .setParameter("problem", held.problem())
                    .setParameter("bytes", held.residentBytes())
                    .setParameter("rules", rules.latest().sha256())
                    .executeUpdate();
        }
        entities.createNativeQuery("delete from release_at_worker where seen_at < now() - interval '1 day'")
                .executeUpdate();
    }

    /** This worker ends. */
    @Transactional
    public void leave() {
        entities.createNativeQuery("delete from release_at_worker where worker = :worker")
                .setParameter("worker", worker)
                .executeUpdate();
    }

    /** One that is alive; all but its host is null where it has not got the release. */
    private record Worker(String host, String digest, String problem, Long residentBytes) {}

    @Transactional
    public OfRelease of(String digest) {
        List<Worker> workers = entities.createNativeQuery(
                        """
                        select w.host, r.model_digest, r.problem, r.resident_bytes
                        from (select worker, host from release_at_worker where seen_at > now() - make_interval(secs => :alive)
                              group by worker, host) w
                        left join release_at_worker r on r.worker = w.worker and r.model_digest = :digest
                          and r.seen_at > now() - make_interval(secs => :alive)
                        order by w.host""",
                        Worker.class)
                .setParameter("alive", (double) ALIVE.toSeconds())
                .setParameter("digest", digest)
                .getResultList();
        List<String> lacking = workers.stream()
                .filter(one -> one.digest == null || one.problem != null)
                .map(one -> one.host + (one.digest == null ? " has not got it" : ": " + one.problem))
                .toList();
        Long bytes = workers.stream()
                .map(Worker::residentBytes)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
        return new OfRelease(workers.size() - lacking.size(), lacking, bytes);
    }
}
