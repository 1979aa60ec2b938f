package org.rigatino.ingest;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.rigatino.dicom.AeTitle;
import org.rigatino.dicom.ListenerRules;

/** From configuration to the listener's rules; what is wrong stops the start with a line that names the property. */
final class ListenerSettings {
    private static final String PREFIX = "rigatino.ingest.";

    private ListenerSettings() {}

    static ListenerRules rules(IngestConfiguration configuration) {
        Set<String> callers = configuration.callingAeTitles().orElse(Set.of());
        Set<InetAddress> addresses = new HashSet<>();
        for (String address : configuration.remoteAddresses().orElse(Set.of())) {
            addresses.add(address("remote-addresses", address));
        }
        checkAeTitle("ae-title", configuration.aeTitle());
        callers.forEach(title -> checkAeTitle("calling-ae-titles", title));
        configuration.quietPeriods().keySet().forEach(title -> checkAeTitle("quiet-periods", title));
        InetAddress local = address("host", configuration.host());
        if (!local.isLoopbackAddress() && callers.isEmpty() && addresses.isEmpty()) {
            throw new ConfigurationException(PREFIX + "host " + configuration.host()
                    + " can be reached from other machines, and anyone could send: set " + PREFIX
                    + "calling-ae-titles or " + PREFIX + "remote-addresses, or listen on 127.0.0.1");
        }
        return new ListenerRules(
                local,
                configuration.port(),
                configuration.aeTitle(),
                callers,
                addresses,
                configuration.maxAssociations(),
                configuration.idleTimeout(),
                configuration.maxAssociationsPerPeer().orElse(Math.max(1, configuration.maxAssociations() / 2)),
                configuration.maxPduLength());
    }

    private static void checkAeTitle(String property, String title) {
        if (!AeTitle.isValid(title)) {
            throw new ConfigurationException(PREFIX + property + ": \"" + title
                    + "\" is not an AE title: 1 to 16 printable ASCII characters without backslash");
        }
    }

    private static InetAddress address(String property, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ConfigurationException(PREFIX + property + ": the host " + host + " is not known", e);
        }
    }
}
