package org.rigatino.ingest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
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

    @Inject
    EntityManager entities;

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

    /** Where the files of these instances are, of those that are on record. */
    @Transactional
    Set<String> locations(Collection<String> sopInstanceUids) {
        return Set.copyOf(
                entities.createQuery("select location from Instance where sopInstanceUid in :uids", String.class)
                        .setParameter("uids", sopInstanceUids)
                        .getResultList());
    }

    /** A file that was on no record. */
    @Transactional
    void adopted(InstanceHeader header, String location) {
        audit.append(
                EventKind.INSTANCE_ADOPTED,
                header.studyInstanceUid(),
                header.sopInstanceUid(),
                location + " was in the instance store and on no record: taken as received");
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
        audit.append(
                EventKind.INSTANCE_REFUSED, null, subject, status + " to " + request.callingAeTitle() + ": " + reason);
    }
}
