package org.rigatino.triage;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.persistence.AdvisoryLock;

/** Brings outcomes onto the worklist and escalates what waits too long, in one process at a time of those that may. */
@ApplicationScoped
public class WorklistKeeper {
    private static final Logger LOG = Logger.getLogger(WorklistKeeper.class);
    private static final int BATCH = 200;

    @Inject
    WorklistRecord record;

    @Inject
    DataSource dataSource;

    @ConfigProperty(name = "rigatino.roles", defaultValue = "listener,worker,web")
    Set<String> roles;

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() throws SQLException {
        if (roles.contains("worker") || roles.contains("web")) {
            keep(Instant.now());
        }
    }

    /** Everything that is due at the time, unless another process is at it. */
    private void keep(Instant now) throws SQLException {
        try (AdvisoryLock held =
                AdvisoryLock.tryAcquire(dataSource, AdvisoryLock.ofWorklist()).orElse(null)) {
            if (held != null) {
                record.unlisted(BATCH).forEach(this::list);
                record.overdue(now, BATCH).forEach(uid -> record.escalate(uid, now));
            }
        }
    }

    /** A study that cannot be listed keeps back no other. */
    private void list(long studyId) {
        try {
            record.list(studyId);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a study cannot be brought onto the worklist, which is tried again");
        }
    }
}
