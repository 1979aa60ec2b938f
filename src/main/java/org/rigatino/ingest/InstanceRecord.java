package org.rigatino.ingest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.rigatino.audit.AuditTrail;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Uids;

/** The record of received instances. Safe for use by several threads, whose commits are shared. */
@ApplicationScoped
public class InstanceRecord {
    /** What came of adding an instance: CONFLICT is the same SOP Instance UID with other bytes. */
    public enum Result {
        ADDED,
        KNOWN,
        CONFLICT
    }

    @Inject
    IngestConfiguration configuration;

    @Inject
    InstanceRows rows;

    @Inject
    AuditTrail audit;

    private CommitGroup<Arrival, Result> commits;

    @PostConstruct
    void start() {
        commits = new CommitGroup<>(
                "ingest-commit", rows::add, InstanceRecord::mayBeOneInstances, configuration.commitTimeout());
    }

    @PreDestroy
    void stop() {
        commits.close();
    }

    /**
     * Commits before it returns.
     *
     * @throws IllegalStateException where that is not known to have happened: the row may be there all the same
     */
    Result add(StoreRequest request, InstanceHeader header, InstanceStore.Received received, String location) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return commits.commit(new Arrival(request, header, received, location, now));
    }

    /** SQLSTATE classes 22 (data), 23 (constraint) and 40 (rolled back for another's sake). */
    private static boolean mayBeOneInstances(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().matches("(22|23|40).*");
            }
        }
        return false;
    }

    /** A refusal before the instance had a place in a study. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void addRefusal(StoreRequest request, StoreStatus status, String reason) {
        String subject = Uids.isValid(request.sopInstanceUid()) ? request.sopInstanceUid() : null;
        audit.append("INSTANCE_REFUSED", null, subject, status + " to " + request.callingAeTitle() + ": " + reason);
    }
}
