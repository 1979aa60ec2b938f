package org.rigatino.deliver;

import java.util.List;
import org.rigatino.result.ObjectKind;

/**
 * An archive and what is still on its way to it. Of one that is not configured any more only the name and the counts are
 * there.
 *
 * @param kind whether {@code aeTitle}, {@code host} and {@code port} say where it is, or {@code url}
 * @param tls whether it is reached over TLS
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
        DestinationKind kind,
        String aeTitle,
        String host,
        int port,
        String url,
        boolean tls,
        List<ObjectKind> objects,
        List<ObjectKind> essential,
        DeliverConfiguration.Proof proof,
        long pending,
        long retried,
        long sent,
        long declined,
        long failed) {
    /** By which it is tested. */
    public String service() {
        return kind == DestinationKind.DICOMWEB ? "QIDO-RS" : "C-ECHO";
    }

    /** Whether {@code url} says where it is. */
    public boolean overHttp() {
        return kind == DestinationKind.DICOMWEB;
    }
}
