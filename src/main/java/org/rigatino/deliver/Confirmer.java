package org.rigatino.deliver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
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
    private final DeliveryRecord record;

    Confirmer(String destination, RemoteNode node, DeliverConfiguration configuration, DeliveryRecord record) {
        this.destination = destination;
        this.node = node;
        this.proof = configuration.destinations().get(destination).commitment();
        this.patience = configuration.commitment();
        this.record = record;
    }

    /**
     * @return whether anything was due
     * @throws DicomException where the destination is out of reach, or can neither commit nor be queried
     */
    boolean confirmDue() throws DicomException {
        List<DueDelivery> due = record.due(destination, Delivery.State.SENT, OBJECTS_PER_REQUEST);
        try {
            confirm(due);
            return !due.isEmpty();
        } catch (DicomException e) {
            record.outOfReach(due.stream().map(DueDelivery::id).toList(), e.getMessage());
            throw e;
        }
    }

    private void confirm(List<DueDelivery> due) throws DicomException {
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

    /** The transaction is on record before the archive hears of it: its report may overtake the answer. */
    private void request(List<DueDelivery> due) throws DicomException {
        String transactionUid =
                Uids.nameBased("storage commitment", UUID.randomUUID().toString());
        record.requested(due.stream().map(DueDelivery::id).toList(), transactionUid, patience.timeout());
        try {
            Optional<StorageCommitmentResult> result = StorageCommitmentScu.request(
                    node,
                    transactionUid,
                    due.stream().map(DueDelivery::reference).toList(),
                    patience.sameAssociation());
            result.filter(report -> report.transactionUid().equals(transactionUid))
                    .ifPresent(report -> record.reported(List.of(destination), report));
        } catch (NotNegotiatedException e) {
            LOG.infof("destination %s offers no storage commitment, queried instead: %s", destination, e.getMessage());
            query(due);
        }
    }

    private void query(List<DueDelivery> due) throws DicomException {
        try (QueryScu query = QueryScu.open(node)) {
            for (DueDelivery delivery : due) {
                query(query, delivery);
            }
        }
    }

    /** An archive may list an object some time after it has taken it. */
    private void query(QueryScu query, DueDelivery delivery) throws DicomException {
        if (query.imageExists(
                delivery.studyInstanceUid(),
                delivery.seriesInstanceUid(),
                delivery.reference().sopInstanceUid())) {
            record.found(delivery.id());
        } else if (delivery.commitmentRequests() < patience.requests()) {
            record.requested(List.of(delivery.id()), null, patience.timeout());
        } else {
            record.refused(delivery.id(), "C-FIND does not name the object that was sent", true);
        }
    }
}
