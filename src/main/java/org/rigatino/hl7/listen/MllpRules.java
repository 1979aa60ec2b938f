package org.rigatino.hl7.listen;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.net.CidrAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.hl7.Hl7ListenConfiguration;
import org.rigatino.ingest.IngestConfiguration.ClientCertificate;
import org.rigatino.ingest.ListenerSettings;

/**
 * Which connections are served.
 *
 * @param networks of peers; empty for all
 * @param mostBytes of a message
 */
record MllpRules(
        InetAddress address,
        int port,
        Set<CidrAddress> networks,
        Optional<TlsProfile> tls,
        int mostConnections,
        int mostBytes,
        Duration idle,
        Duration limit) {
    static final String PREFIX = "rigatino.hl7.listen.";

    /** @throws ConfigurationException that names a property */
    static MllpRules of(Hl7ListenConfiguration settings, Optional<TlsProfile> tls) {
        InetAddress address = ListenerSettings.address(PREFIX + "host", settings.host());
        Set<CidrAddress> networks = settings.remoteAddresses().orElse(Set.of()).stream()
                .map(text -> ListenerSettings.network(PREFIX + "remote-addresses", text))
                .collect(Collectors.toSet());
        if (!address.isLoopbackAddress()) {
            checkExposure(settings, networks);
        }
        return new MllpRules(
                address,
                settings.port(),
                networks,
                tls,
                settings.maxConnections(),
                (int) Math.min(settings.maxMessage().asLongValue(), Integer.MAX_VALUE / 4),
                settings.idleTimeout(),
                settings.messageTimeout());
    }

    private static void checkExposure(Hl7ListenConfiguration settings, Set<CidrAddress> networks) {
        String reached = PREFIX + "host " + settings.host() + " can be reached from other machines, and ";
        boolean mutual = settings.tls().isPresent() && settings.clientCertificate() == ClientCertificate.REQUIRED;
        if (networks.isEmpty() && !mutual) {
            throw new ConfigurationException(reached + "anyone could send reports: set " + PREFIX
                    + "remote-addresses, or " + PREFIX + "tls with certificates of senders, or listen on 127.0.0.1");
        }
        if (settings.tls().isEmpty() && !settings.plainMllp()) {
            throw new ConfigurationException(reached + "patients' names and reports would pass in clear: set " + PREFIX
                    + "tls, or " + PREFIX + "plain-mllp=true where the way here is protected otherwise");
        }
    }

    boolean isServed(InetAddress peer) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.matches(peer));
    }

    /** From one address, so that it leaves room for others. */
    int mostConnectionsOfPeer() {
        return Math.max(1, mostConnections / 2);
    }
}
