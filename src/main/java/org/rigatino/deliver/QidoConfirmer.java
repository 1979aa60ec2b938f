package org.rigatino.deliver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.deliver.dicomweb.QidoRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.Delivery;

/** Proof that one destination holds what was sent, by QIDO-RS: it lists the object in its study. */
final class QidoConfirmer {
    private static final int OBJECTS_PER_PASS = 100;

    private final String destination;
    private final QidoRs service;
    private final Proof proof;
    private final DeliverConfiguration.Commitment patience;
    private final DestinationRecord record;
    private final Listing listing;

    QidoConfirmer(
            String destination, DicomwebArchive archive, DeliverConfiguration configuration, DeliveryRecord record) {
        this.destination = destination;
        this.service = new QidoRs(archive);
        this.proof = DestinationKind.proof(configuration.destinations().get(destination));
        this.patience = configuration.commitment();
        this.record = DestinationRecord.always(record, archive.toString());
        this.listing = new Listing(this.record, patience, Delivery.Confirmation.QIDO_RS, "QIDO-RS");
    }

    /**
     * @return whether anything was due
     * @throws DicomException where the destination is out of reach or serves nobody
     */
    boolean confirmDue() throws DicomException {
        List<DueDelivery> due = record.toProve(destination, OBJECTS_PER_PASS);
        if (proof == Proof.NONE) {
            record.withoutProof(due.stream().map(DueDelivery::id).toList());
        } else if (!due.isEmpty()) {
            search(due);
        }
        return !due.isEmpty();
    }

    /** In any order, so that one over which the service fails holds up no other for ever. */
    private void search(List<DueDelivery> due) throws DicomwebException {
        List<DueDelivery> shuffled = new ArrayList<>(due);
        Collections.shuffle(shuffled);
        for (DueDelivery delivery : shuffled) {
            search(delivery);
        }
    }

    private void search(DueDelivery delivery) throws DicomwebException {
        try {
            listing.settle(
                    delivery,
                    service.lists(delivery.studyInstanceUid(), delivery.seriesInstanceUid(), delivery.reference()));
        } catch (DicomwebException e) {
            record.waiting(List.of(delivery.id()), Delivery.State.SENT, e.getMessage());
            throw e;
        } catch (DicomException e) {
            unproved(delivery, e);
        }
    }

    private void unproved(DueDelivery delivery, DicomException answer) {
        String cause = "STOW-RS was answered with success and nothing proves that it holds the object: "
                + answer.getMessage() + ". Let it prove that by QIDO-RS and replay the study, or set"
                + " rigatino.deliver.destinations." + destination + ".commitment=none";
        record.unproved(List.of(delivery.id()), cause, patience.timeout());
    }
}
