package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.rigatino.dicom.CommitmentHandler;
import org.rigatino.dicom.StorageCommitmentResult;

/** Storage commitment reports that archives send on associations of their own. */
@ApplicationScoped
public class CommitmentReports implements CommitmentHandler {
    private static final Logger LOG = Logger.getLogger(CommitmentReports.class);

    @Inject
    DestinationsInForce inForce;

    @Inject
    DeliveryRecord record;

    @Inject
    DeliverConfiguration configuration;

    /** A report counts only where it comes from the AE title that the request went to, and that is in force still. */
    @Override
    @Transactional
    public void report(String callingAeTitle, StorageCommitmentResult result) {
        List<String> destinations =
                of(inForce.held(), callingAeTitle).map(Map.Entry::getKey).toList();
        int settled = destinations.isEmpty() ? 0 : record.reported(destinations, result);
        if (settled == 0) {
            LOG.infof(
                    "storage commitment report of %s on transaction %s settles nothing: unknown, already settled, or of what"
                            + " was given up before; where its reports take long, raise rigatino.deliver.commitment.timeout",
                    callingAeTitle, result.transactionUid());
        }
    }

    /** Of a destination that was added just now too; without the record those that were known before. */
    @Override
    public List<String> hosts(String callingAeTitle) {
        List<String> known = hosts(inForce.latest(), callingAeTitle);
        if (!known.isEmpty()) {
            return known;
        }
        inForce.look();
        return hosts(inForce.latest(), callingAeTitle);
    }

    @Override
    public boolean isRequestor(String calledAeTitle) {
        return calledAeTitle.equals(configuration.aeTitle());
    }

    private static List<String> hosts(Map<String, DeliverConfiguration.Destination> destinations, String aeTitle) {
        return of(destinations, aeTitle)
                .map(Map.Entry::getValue)
                .filter(archive -> DestinationKind.proof(archive) == DeliverConfiguration.Proof.STORAGE_COMMITMENT)
                .flatMap(archive -> archive.host().stream())
                .toList();
    }

    private static Stream<Map.Entry<String, DeliverConfiguration.Destination>> of(
            Map<String, DeliverConfiguration.Destination> destinations, String aeTitle) {
        return destinations.entrySet().stream()
                .filter(entry -> entry.getValue().aeTitle().equals(Optional.of(aeTitle)));
    }
}
