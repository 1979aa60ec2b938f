package org.rigatino.deliver;

import java.util.List;
import org.rigatino.result.ObjectKind;

/**
 * An archive and what is still on its way to it. Of one that is not configured any more only the name and the counts are
 * there.
 *
 * @param pending deliveries that were not tried yet
 * @param retried deliveries that were tried and are tried again
 * @param sent deliveries that were taken and not proved yet
 * @param essential of the objects, those whose refusal is a failure
 * @param declined deliveries that were refused and are not essential
 * @param failed deliveries that are not tried any more until their study is replayed
 */
public record DestinationView(
        String name,
        boolean configured,
        String aeTitle,
        String host,
        int port,
        boolean tls,
        List<ObjectKind> objects,
        List<ObjectKind> essential,
        DeliverConfiguration.Proof proof,
        long pending,
        long retried,
        long sent,
        long declined,
        long failed) {}
