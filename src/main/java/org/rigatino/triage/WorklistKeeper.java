package org.rigatino.triage;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.audit.ProcessRole;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.persistence.Doorbell;
import org.rigatino.persistence.StudyMoved;

/** Brings outcomes onto the worklist and escalates what waits too long, in one process at a time of those that may. */
@ApplicationScoped
public class WorklistKeeper {
    private static final Logger LOG = Logger.getLogger(WorklistKeeper.class);
    private static final int BATCH = 200;

    @Inject
    WorklistRecord record;

    @Inject
    DataSource dataSource;

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    private volatile Doorbell bell;

    void start(@Observes StartupEvent event) {
        if (roles.contains(ProcessRole.WORKER) || roles.contains(ProcessRole.WEB)) {
            bell = new Doorbell("worklist", this::keep);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (bell != null) {
            bell.close();
        }
    }

    @Scheduled(every = "${rigatino.look-every:PT1S}")
    void look() {
        if (bell != null) {
            bell.ring();
        }
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) StudyMoved study) {
        if (study.isToBeTold()) {
            look();
        }
    }

    /** Everything that is due, unless another process is at it. */
    void keep() {
        Instant now = Instant.now();
        try (AdvisoryLock held =
                AdvisoryLock.tryAcquire(dataSource, AdvisoryLock.ofWorklist()).orElse(null)) {
            if (held != null) {
                record.unlisted(BATCH).forEach(this::list);
                record.overdue(now, BATCH).forEach(uid -> escalate(uid, now));
            }
        } catch (SQLException e) {
            LOG.warnf("the worklist is not kept for now: %s", e.getMessage());
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

    private void escalate(String studyInstanceUid, Instant now) {
        try {
            record.escalate(studyInstanceUid, now);
        } catch (RuntimeException e) {
            LOG.errorf(e, "study %s waits too long and cannot be escalated, which is tried again", studyInstanceUid);
        }
    }
}
