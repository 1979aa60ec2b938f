package org.rigatino.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.dicom.AssociationException;
import org.rigatino.dicom.DicomException;

/**
 * After the record came back from a backup, what it has never tried to send is looked for at its destination first. A
 * destination that cannot be asked is sent it again: under the same UID it is the same object there.
 */
final class AlreadyThere {
    /** After that time nobody sends anew what was lost with the record. */
    static final Duration MEMORY = Duration.ofDays(30);

    private static final Logger LOG = Logger.getLogger(AlreadyThere.class);

    private AlreadyThere() {}

    /** What a destination lists. */
    @FunctionalInterface
    interface Listing extends AutoCloseable {
        boolean lists(DueDelivery delivery) throws DicomException;

        @Override
        default void close() {}
    }

    /** Begins to ask. */
    @FunctionalInterface
    interface Opening {
        Listing open() throws DicomException;
    }

    /**
     * Those that are to be sent.
     *
     * @throws DicomException where the destination is out of reach
     */
    static List<DueDelivery> without(List<DueDelivery> due, DestinationRecord record, Opening opening)
            throws DicomException {
        if (due.isEmpty()) {
            return due;
        }
        Set<Long> asked =
                record.maybeSentBefore(due.stream().map(DueDelivery::id).toList());
        return asked.isEmpty() ? due : absent(due, asked, record, opening);
    }

    private static List<DueDelivery> absent(
            List<DueDelivery> due, Set<Long> asked, DestinationRecord record, Opening opening) throws DicomException {
        List<DueDelivery> absent = new ArrayList<>(due);
        try (Listing listing = opening.open()) {
            for (DueDelivery delivery : due) {
                if (asked.contains(delivery.id()) && isListed(listing, delivery)) {
                    record.alreadyThere(delivery.id());
                    absent.remove(delivery);
                }
            }
        } catch (DicomException e) {
            if (Confirmer.isOutOfReach(e) || e instanceof DicomwebException) {
                throw e;
            }
            LOG.warnf("what is due cannot be looked for before it is sent: %s", e.getMessage());
        }
        return absent;
    }

    /** A failure about one object is no answer about the others. */
    private static boolean isListed(Listing listing, DueDelivery delivery) throws DicomException {
        try {
            return listing.lists(delivery);
        } catch (DicomException e) {
            if (e instanceof DicomwebException || e instanceof AssociationException) {
                throw e;
            }
            LOG.warnf(
                    "object %s cannot be looked for before it is sent: %s",
                    delivery.reference().sopInstanceUid(), e.getMessage());
            return false;
        }
    }
}
