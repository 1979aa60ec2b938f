package org.rigatino.deliver;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.rigatino.dicom.AssociationAbortedException;
import org.rigatino.dicom.AssociationException;
import org.rigatino.dicom.AssociationRejectedException;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.NotNegotiatedException;
import org.rigatino.dicom.QueryScu;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.dicom.StorageCommitmentScu;
import org.rigatino.dicom.Uids;
import org.rigatino.persistence.Delivery;

/**
 * Proof that one destination holds what was sent: storage commitment (PS3.4 annex J), or a C-FIND where the archive
 * offers no commitment or leaves requests unanswered.
 */
final class Confirmer {
    private static final Logger LOG = Logger.getLogger(Confirmer.class);
    private static final int OBJECTS_PER_REQUEST = 200;

    private final String destination;
    private final RemoteNode node;
    private final DeliverConfiguration.Proof proof;
    private final DeliverConfiguration.Commitment patience;
    private final DestinationRecord record;
    private final Listing listing;

    Confirmer(
            String destination,
            RemoteNode node,
            DeliverConfiguration.Proof proof,
            DeliverConfiguration.Commitment patience,
            DestinationRecord record) {
        this.destination = destination;
        this.node = node;
        this.proof = proof;
        this.patience = patience;
        this.record = record;
        this.listing = new Listing(record, patience, Delivery.Confirmation.QUERY, "C-FIND");
    }

    /**
     * @return whether anything was due
     * @throws DicomException where the destination is out of reach
     */
    boolean confirmDue() throws DicomException {
        List<DueDelivery> due = record.toProve(destination, OBJECTS_PER_REQUEST);
        try {
            confirm(due);
            return !due.isEmpty();
        } catch (DicomException | RuntimeException e) {
            record.waiting(ids(due), Delivery.State.SENT, e.getMessage());
            throw e;
        }
    }

    private void confirm(List<DueDelivery> due) throws DicomException {
        if (proof == DeliverConfiguration.Proof.NONE) {
            record.withoutProof(ids(due));
            return;
        }
        Map<Boolean, List<DueDelivery>> byQuery = due.stream()
                .collect(Collectors.partitioningBy(delivery -> proof == DeliverConfiguration.Proof.QUERY
                        || delivery.commitmentRequests() >= patience.requests()));
        if (!byQuery.get(false).isEmpty()) {
            request(byQuery.get(false));
        }
        if (!byQuery.get(true).isEmpty()) {
            query(byQuery.get(true));
        }
    }

    /**
     * The transaction is on record before the archive hears of it: its report may overtake the answer. A request that is
     * refused has been asked like one that is not answered.
     */
    private void request(List<DueDelivery> due) throws DicomException {
        String transactionUid =
                Uids.nameBased("storage commitment", UUID.randomUUID().toString());
        if (!record.requested(ids(due), transactionUid, patience.timeout())) {
            return;
        }
        try {
            Optional<StorageCommitmentResult> result = StorageCommitmentScu.request(
                    node,
                    transactionUid,
                    due.stream().map(DueDelivery::reference).toList(),
                    patience.sameAssociation(),
                    () -> record.isReported(transactionUid));
            result.filter(report -> report.transactionUid().equals(transactionUid))
                    .ifPresent(report -> record.reported(List.of(destination), report));
        } catch (NotNegotiatedException e) {
            LOG.infof("destination %s offers no storage commitment, queried instead: %s", destination, e.getMessage());
            query(due);
        } catch (DicomException e) {
            if (isOutOfReach(e)) {
                throw e;
            }
            record.waiting(ids(due), Delivery.State.SENT, e.getMessage());
        }
    }

    /** Over one association, and another where the archive ends that. */
    private void query(List<DueDelivery> due) throws DicomException {
        Deque<DueDelivery> left = new ArrayDeque<>(due);
        while (!left.isEmpty()) {
            try (QueryScu query = QueryScu.open(node)) {
                boolean lives = true;
                while (lives && !left.isEmpty()) {
                    lives = query(query, left.remove());
                }
            } catch (DicomException e) {
                if (isOutOfReach(e)) {
                    throw e;
                }
                unproved(left, e);
                return;
            }
        }
    }

    /** @return whether the association lives on */
    private boolean query(QueryScu query, DueDelivery delivery) throws DicomException {
        try {
            listing.settle(
                    delivery,
                    query.imageExists(
                            delivery.studyInstanceUid(),
                            delivery.seriesInstanceUid(),
                            delivery.reference().sopInstanceUid()));
            return true;
        } catch (DicomException e) {
            if (isOutOfReach(e)) {
                throw e;
            }
            unproved(List.of(delivery), e);
            return !(e instanceof AssociationException);
        }
    }

    private void unproved(Collection<DueDelivery> due, DicomException answer) {
        String missing = proof == DeliverConfiguration.Proof.QUERY ? "by C-FIND" : "by storage commitment or by C-FIND";
        String cause = "C-STORE was answered with success and nothing proves that it holds the object: "
                + answer.getMessage() + ". Let it prove that to " + node.callingAeTitle() + " " + missing
                + " and replay the study, or set rigatino.deliver.destinations." + destination + ".commitment=none";
        record.unproved(ids(due), cause, patience.timeout());
    }

    /**
     * Silence, a lost connection and a rejection that says it will pass. A failure status, a refused presentation
     * context, A-ABORT and a permanent rejection are answers: where the same archive takes objects, it will not do more.
     */
    static boolean isOutOfReach(DicomException e) {
        return e instanceof AssociationRejectedException rejected
                ? rejected.isTransient()
                : e instanceof AssociationException && !(e instanceof AssociationAbortedException);
    }

    private static List<Long> ids(Collection<DueDelivery> due) {
        return due.stream().map(DueDelivery::id).toList();
    }
}
