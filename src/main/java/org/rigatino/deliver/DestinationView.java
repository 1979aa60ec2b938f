package org.rigatino.deliver;

import java.util.List;
import org.rigatino.persistence.Output;

/**
 * An archive and what is still on its way to it.
 *
 * @param pending deliveries that were not tried yet
 * @param retried deliveries that were tried and are tried again
 * @param sent deliveries that were taken and not proved yet
 * @param failed deliveries that are not tried any more until their study is replayed
 */
public record DestinationView(
        String name,
        String aeTitle,
        String host,
        int port,
        boolean tls,
        List<Output.Kind> objects,
        DeliverConfiguration.Proof proof,
        long pending,
        long retried,
        long sent,
        long failed) {}
