package org.rigatino.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.StudyLife;

/** Says when a quiet period ends: once nothing has come from any sender of the revision for long enough. */
@ApplicationScoped
public class StudyAssembler {
    /** Between listeners on several machines. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    @Inject
    EntityManager entities;

    @Inject
    StudyLife life;

    @Inject
    IngestConfiguration configuration;

    @Inject
    Completion completion;

    @Inject
    MeterRegistry meters;

    /**
     * Where the last instance came at a time that is still to come, the clock has been set back since: the quiet period
     * begins anew, rather than last for as long as the clock was ahead.
     */
    @Transactional
    void forgetTimesToCome(Instant now) {
        entities.createQuery("update versioned Study set lastReceivedAt = :now where state = :receiving"
                        + " and lastReceivedAt > :future")
                .setParameter("now", now.truncatedTo(ChronoUnit.MICROS))
                .setParameter("receiving", StudyState.RECEIVING)
                .setParameter("future", now.plus(CLOCK_SKEW))
                .executeUpdate();
    }

    /** When the next revision will have received nothing for the shortest configured quiet period, if none comes. */
    @Transactional
    Optional<Instant> nextCandidate(Instant now) {
        Duration shortest = shortestQuietPeriod();
        return Optional.ofNullable(entities.createQuery(
                                "select min(lastReceivedAt) from Study where state = :receiving and lastReceivedAt > :before",
                                Instant.class)
                        .setParameter("receiving", StudyState.RECEIVING)
                        .setParameter("before", now.minus(shortest))
                        .getSingleResult())
                .map(last -> last.plus(shortest));
    }

    private Duration shortestQuietPeriod() {
        return configuration.quietPeriods().values().stream()
                .reduce(configuration.quietPeriod(), (a, b) -> a.compareTo(b) < 0 ? a : b);
    }

    /** Revisions that received nothing for the shortest configured quiet period. */
    @Transactional
    List<Long> candidates(Instant now) {
        Duration shortest = shortestQuietPeriod();
        return entities.createQuery(
                        "select id from Study where state = :receiving and lastReceivedAt <= :before order by id",
                        Long.class)
                .setParameter("receiving", StudyState.RECEIVING)
                .setParameter("before", now.minus(shortest))
                .getResultList();
    }

    /** Decides again under the study's lock, since an instance may have come in between. */
    void endQuietPeriod(long id, Instant now) {
        life.endReception(id, study -> completion.wholeBy(study).or(() -> quiet(study, now)), now)
                .ifPresent(study -> meters.timer("rigatino.completion.wait", "by", study.completedBy)
                        .record(Duration.between(study.lastReceivedAt, study.readyAt)));
    }

    private Optional<String> quiet(Study study, Instant now) {
        boolean quiet = !study.lastReceivedAt.isAfter(now.minus(quietPeriod(study)));
        return quiet ? Optional.of("QUIET_PERIOD") : Optional.empty();
    }

    private Duration quietPeriod(Study study) {
        return entities
                .createQuery("select distinct callingAeTitle from Instance where study = :study", String.class)
                .setParameter("study", study)
                .getResultList()
                .stream()
                .map(sender -> configuration.quietPeriods().getOrDefault(sender, configuration.quietPeriod()))
                .reduce((a, b) -> a.compareTo(b) > 0 ? a : b)
                .orElse(configuration.quietPeriod());
    }
}
