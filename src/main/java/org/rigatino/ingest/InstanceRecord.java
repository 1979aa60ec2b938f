package org.rigatino.ingest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.SQLException;
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
    /**
     * What came of adding an instance.
     *
     * @param inForce the version that is worked on where other bytes came under its UID; otherwise null
     */
    record Result(Kind kind, InstanceStatements.Version inForce) {
        static final Result ADDED = new Result(Kind.ADDED, null);
        static final Result KNOWN = new Result(Kind.KNOWN, null);
        static final Result KNOWN_ASIDE = new Result(Kind.KNOWN_ASIDE, null);
        static final Result GONE = new Result(Kind.GONE, null);

        boolean isKnown() {
            return kind == Kind.KNOWN || kind == Kind.KNOWN_ASIDE;
        }

        /**
         * KNOWN_ASIDE is there byte for byte, and set aside; OTHER_VERSION is on no record yet; GONE is on record, and retention
         * deleted its file while it came.
         */
        enum Kind {
            ADDED,
            KNOWN,
            KNOWN_ASIDE,
            OTHER_VERSION,
            GONE
        }
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

    /** Whether there is a thread that commits what is added. */
    boolean isCommitting() {
        return commits.isAlive();
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
    Result add(Arrival arrival) {
        return commits.commit(arrival);
    }

    /** Beside the version in force, see {@link InstanceRows#setAside}. */
    void setAside(Arrival arrival, InstanceStatements.Version inForce, String reason, String detail) {
        rows.setAside(arrival, inForce, reason, detail);
    }

    /** Other bytes of what is there, see {@link InstanceRows#recognised}. */
    void recognised(Arrival arrival, InstanceStatements.Version inForce) throws IOException {
        rows.recognised(arrival, inForce);
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
