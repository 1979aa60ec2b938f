package org.rigatino.deliver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliverConfiguration.Destination;

/**
 * The DICOM listener of this installation, as a place that nothing is delivered to.
 *
 * @param here whether it runs in this process
 */
record OwnListener(int port, String aeTitle, boolean here) {
    static OwnListener of(Config config) {
        boolean tls = config.getOptionalValue("rigatino.ingest.tls.name", String.class)
                .isPresent();
        Optional<Integer> port =
                config.getOptionalValue(tls ? "rigatino.ingest.tls.port" : "rigatino.ingest.port", Integer.class);
        List<ProcessRole> roles = config.getOptionalValues(ProcessRole.PROPERTY, ProcessRole.class)
                .orElse(List.of(ProcessRole.values()));
        return new OwnListener(
                port.orElse(tls ? 2762 : 11112),
                config.getOptionalValue("rigatino.ingest.ae-title", String.class)
                        .orElse("RIGATINO"),
                roles.contains(ProcessRole.LISTENER));
    }

    /** Whether a destination would be this. */
    boolean is(Destination destination) {
        return destination.port() == port
                && (here || destination.aeTitle().equals(Optional.of(aeTitle)))
                && destination.host().filter(OwnListener::isOfThisMachine).isPresent();
    }

    /** A host that no name server knows is another's. */
    private static boolean isOfThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
