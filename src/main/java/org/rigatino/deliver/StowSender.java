package org.rigatino.deliver;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.deliver.dicomweb.QidoRs;
import org.rigatino.deliver.dicomweb.StowAnswer;
import org.rigatino.deliver.dicomweb.StowRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.Delivery;

/** STOW-RS of what is due for one destination. */
final class StowSender {
    private static final int OBJECTS_PER_PASS = 100;

    /** Exchanges of one pass that may break off over an object: how the next ends may take as long to be seen. */
    private static final int MOST_BROKEN_OFF = 3;

    private final String destination;
    private final StowRs service;
    private final QidoRs query;
    private final Proof proof;
    private final DestinationRecord record;

    StowSender(String destination, DicomwebArchive archive, DeliverConfiguration configuration, DeliveryRecord record) {
        this.destination = destination;
        this.service = new StowRs(archive);
        this.query = new QidoRs(archive);
        this.proof = DestinationKind.proof(configuration.destinations().get(destination));
        this.record = DestinationRecord.always(record, archive.toString());
    }

    /**
     * @return whether anything was due
     * @throws DicomException where the destination is out of reach or serves nobody; what was not sent stays due
     */
    boolean sendDue() throws DicomException {
        List<DueDelivery> due = record.toSend(destination, OBJECTS_PER_PASS);
        List<DueDelivery> absent = AlreadyThere.without(due, record, this::listing);
        if (!absent.isEmpty()) {
            send(absent);
        }
        return !due.isEmpty();
    }

    private AlreadyThere.Listing listing() {
        return delivery -> query.lists(delivery.studyInstanceUid(), delivery.seriesInstanceUid(), delivery.reference());
    }

    private void send(List<DueDelivery> due) throws DicomException {
        List<DueDelivery> waiting = new ArrayList<>(due);
        int brokenOff = 0;
        try {
            for (DueDelivery delivery : due) {
                if (IntactObjects.isIntact(delivery, record)
                        && record.isToSend(delivery.id())
                        && !isAnswered(delivery, waiting, brokenOff)) {
                    brokenOff++;
                }
                waiting.remove(delivery);
            }
        } catch (DicomwebException e) {
            record.waiting(waiting.stream().map(DueDelivery::id).toList(), Delivery.State.PENDING, e.getMessage());
            throw e;
        }
    }

    /**
     * Sends it. An object over which an exchange breaks off goes behind the others, so that it cannot hold them up.
     *
     * @param before exchanges that broke off
     * @return false where this one did
     */
    private boolean isAnswered(DueDelivery delivery, List<DueDelivery> waiting, int before) throws DicomwebException {
        StowAnswer answer;
        try {
            answer = service.store(delivery.studyInstanceUid(), delivery.reference(), delivery.file());
        } catch (DicomwebException e) {
            if (e.isBegun()) {
                waiting.remove(delivery);
                refused(delivery, e.getMessage(), Refusal.BROKEN_OFF);
            }
            if (e.isBegun() && before + 1 < MOST_BROKEN_OFF) {
                return false;
            }
            throw e;
        } catch (DicomException e) {
            refused(delivery, e.getMessage(), Refusal.OURS);
            return true;
        }
        settle(delivery, answer, waiting);
        return true;
    }

    private void settle(DueDelivery delivery, StowAnswer answer, List<DueDelivery> waiting) throws DicomwebException {
        switch (answer.outcome()) {
            case STORED -> sent(delivery, answer);
            case UNNAMED -> unnamed(delivery, answer);
            case REJECTED -> refused(delivery, answer.text(), Refusal.REJECTED);
            case UNSUPPORTED -> refused(delivery, answer.text(), Refusal.UNSUPPORTED);
            case PASSING -> refused(delivery, answer.text(), Refusal.PASSING);
            case BUSY -> {
                waiting.remove(delivery);
                refused(delivery, answer.text(), Refusal.PASSING);
                throw new DicomwebException(answer.text(), answer.retryAfter());
            }
            case UNKNOWN -> throw new DicomwebException(answer.text(), answer.retryAfter());
        }
    }

    private void sent(DueDelivery delivery, StowAnswer answer) {
        record.sent(
                delivery.id(), answer.reason() == null ? null : answer.reason().toString());
    }

    /** Proof is still to come and decides; where none will, a status alone is no answer. */
    private void unnamed(DueDelivery delivery, StowAnswer answer) {
        if (proof == Proof.NONE) {
            refused(delivery, answer.text() + ", and nothing else is to prove it", Refusal.REJECTED);
        } else {
            sent(delivery, answer);
        }
    }

    private void refused(DueDelivery delivery, String cause, Refusal refusal) {
        record.refused(delivery.id(), Delivery.State.PENDING, cause, refusal);
    }
}
