package org.rigatino.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.rigatino.audit.AuditTrail;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Uids;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** Rows of received instances. The row of a study's first revision is the lock under which all its rows are added. */
@ApplicationScoped
public class InstanceRecord {
    /** What came of adding an instance: CONFLICT is the same SOP Instance UID with other bytes. */
    public enum Result {
        ADDED,
        KNOWN,
        CONFLICT
    }

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    /** Commits before it returns. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Result add(StoreRequest request, InstanceHeader header, InstanceStore.Received received, String location) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        lock(header.studyInstanceUid(), now);
        Optional<Instance> known = entities.createQuery("from Instance where sopInstanceUid = :uid", Instance.class)
                .setParameter("uid", header.sopInstanceUid())
                .getResultStream()
                .findFirst();
        if (known.isPresent()) {
            return compare(known.get(), request, header, received);
        }
        boolean ownOutput = header.ownOutput() || isOutput(header.sopInstanceUid());
        Study study = revision(header.studyInstanceUid(), ownOutput, now);
        Instance instance = instance(request, header, received, location, now);
        instance.study = study;
        entities.persist(instance);
        if (ownOutput) {
            instance.outcome = Instance.Outcome.OWN_OUTPUT;
            instance.outcomeReason = "made by Rigatino: recorded, not restored";
            audit.append(
                    "OWN_OUTPUT_RECEIVED",
                    header.studyInstanceUid(),
                    header.sopInstanceUid(),
                    "from " + request.callingAeTitle() + ": recorded, not restored");
        } else {
            study.lastReceivedAt = now;
        }
        return Result.ADDED;
    }

    private Optional<Instance> find(String sopInstanceUid) {
        return entities.createQuery("from Instance where sopInstanceUid = :uid", Instance.class)
                .setParameter("uid", sopInstanceUid)
                .getResultStream()
                .findFirst();
    }

    private Result compare(
            Instance known, StoreRequest request, InstanceHeader header, InstanceStore.Received received) {
        if (known.sha256.equals(received.sha256())) {
            return Result.KNOWN;
        }
        audit.append(
                "INSTANCE_REFUSED",
                header.studyInstanceUid(),
                header.sopInstanceUid(),
                StoreStatus.DUPLICATE_SOP_INSTANCE + " to " + request.callingAeTitle()
                        + ": an instance of this UID is stored with other bytes; received sha256 "
                        + received.sha256());
        return Result.CONFLICT;
    }

    /** A refusal before the instance had a place in a study. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void addRefusal(StoreRequest request, StoreStatus status, String reason) {
        String subject = Uids.isValid(request.sopInstanceUid()) ? request.sopInstanceUid() : null;
        audit.append("INSTANCE_REFUSED", null, subject, status + " to " + request.callingAeTitle() + ": " + reason);
    }

    private void lock(String studyInstanceUid, Instant now) {
        entities.createNativeQuery(
                        """
                        insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)
                        values (:uid, 1, 'RECEIVING', :now, :now)
                        on conflict (study_instance_uid, revision) do nothing""")
                .setParameter("uid", studyInstanceUid)
                .setParameter("now", now)
                .executeUpdate();
        entities.createQuery("from Study where studyInstanceUid = :uid and revision = 1", Study.class)
                .setParameter("uid", studyInstanceUid)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResult();
    }

    /** The revision that is still receiving, else the next; an output of our own never opens one. */
    private Study revision(String studyInstanceUid, boolean ownOutput, Instant now) {
        List<Study> revisions = entities.createQuery(
                        "from Study where studyInstanceUid = :uid order by revision desc", Study.class)
                .setParameter("uid", studyInstanceUid)
                .setMaxResults(1)
                .getResultList();
        Study latest = revisions.get(0);
        if (latest.state() == StudyState.RECEIVING || ownOutput) {
            return latest;
        }
        Study next = new Study();
        next.studyInstanceUid = studyInstanceUid;
        next.revision = latest.revision + 1;
        next.firstReceivedAt = now;
        next.lastReceivedAt = now;
        entities.persist(next);
        return next;
    }

    private boolean isOutput(String sopInstanceUid) {
        return entities.createQuery("select count(*) from Output where sopInstanceUid = :uid", Long.class)
                        .setParameter("uid", sopInstanceUid)
                        .getSingleResult()
                > 0;
    }

    private static Instance instance(
            StoreRequest request,
            InstanceHeader header,
            InstanceStore.Received received,
            String location,
            Instant now) {
        Instance instance = new Instance();
        instance.sopInstanceUid = header.sopInstanceUid();
        instance.sopClassUid = header.sopClassUid();
        instance.seriesInstanceUid = header.seriesInstanceUid();
        instance.transferSyntaxUid = request.transferSyntaxUid();
        instance.modality = header.modality();
        instance.callingAeTitle = request.callingAeTitle();
        instance.location = location;
        instance.sha256 = received.sha256();
        instance.bytes = received.bytes();
        instance.receivedAt = now;
        return instance;
    }
}
