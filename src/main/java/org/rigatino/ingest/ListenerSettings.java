package org.rigatino.ingest;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.net.CidrAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.dicom.AeTitle;
import org.rigatino.dicom.ListenerRules;
import org.rigatino.dicom.TlsProfile;

/** From configuration to the listener's rules; what is wrong stops the start with a line that names the property. */
public final class ListenerSettings {
    private static final String PREFIX = "rigatino.ingest.";

    private ListenerSettings() {}

    /** What can be told without the files of TLS. @throws ConfigurationException that names the property */
    public static void check(IngestConfiguration configuration) {
        boolean mutual = configuration.tls().name().isPresent()
                && configuration.tls().clientCertificate() == IngestConfiguration.ClientCertificate.REQUIRED;
        checkExposure(configuration, checkTitles(configuration), networks(configuration), mutual);
    }

    /** @param profile of the TLS that is configured; absent for plain TCP */
    static ListenerRules rules(IngestConfiguration configuration, Optional<TlsProfile> profile) {
        Set<String> callers = checkTitles(configuration);
        Set<CidrAddress> addresses = networks(configuration);
        boolean mutual = profile.map(TlsProfile::clientCertificate).orElse(false);
        InetAddress local = checkExposure(configuration, callers, addresses, mutual);
        return new ListenerRules(
                local,
                profile.isPresent() ? configuration.tls().port() : configuration.port(),
                configuration.aeTitle(),
                callers,
                addresses,
                configuration.maxAssociations(),
                configuration.idleTimeout(),
                configuration.maxAssociationsPerPeer().orElse(Math.max(1, configuration.maxAssociations() / 2)),
                configuration.maxPduLength(),
                profile,
                sources(configuration));
    }

    private static Map<String, Set<String>> sources(IngestConfiguration configuration) {
        return configuration.sources().values().stream()
                .filter(source -> source.host().isPresent() && source.aeTitle().isPresent())
                .collect(Collectors.groupingBy(
                        source -> source.aeTitle().orElseThrow(),
                        Collectors.mapping(source -> source.host().orElseThrow(), Collectors.toSet())));
    }

    /** @return those that may call; empty for all */
    private static Set<String> checkTitles(IngestConfiguration configuration) {
        Set<String> callers = configuration.callingAeTitles().orElse(Set.of());
        checkAeTitle("ae-title", configuration.aeTitle());
        callers.forEach(title -> checkAeTitle("calling-ae-titles", title));
        configuration.quietPeriods().keySet().forEach(title -> checkAeTitle("quiet-periods", title));
        return callers;
    }

    private static Set<CidrAddress> networks(IngestConfiguration configuration) {
        return configuration.remoteAddresses().orElse(Set.of()).stream()
                .map(text -> network(PREFIX + "remote-addresses", text))
                .collect(Collectors.toSet());
    }

    /** @return where to listen */
    private static InetAddress checkExposure(
            IngestConfiguration configuration, Set<String> callers, Set<CidrAddress> addresses, boolean mutual) {
        InetAddress local = address(PREFIX + "host", configuration.host());
        if (!local.isLoopbackAddress() && callers.isEmpty() && addresses.isEmpty() && !mutual) {
            throw new ConfigurationException(PREFIX + "host " + configuration.host()
                    + " can be reached from other machines, and anyone could send: set " + PREFIX
                    + "calling-ae-titles, " + PREFIX + "remote-addresses or " + PREFIX
                    + "tls.name, or listen on 127.0.0.1");
        }
        return local;
    }

    static void checkAeTitle(String property, String title) {
        if (!AeTitle.isValid(title)) {
            throw new ConfigurationException(PREFIX + property + ": \"" + title
                    + "\" is not an AE title: 1 to 16 printable ASCII characters without backslash");
        }
    }

    /** A network, or the single address of a host. @param property that names it */
    public static CidrAddress network(String property, String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(property, slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        try {
            return CidrAddress.create(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(property + ": " + text
                    + " is no network: an address, / and a number of bits from 0 to " + bits + " make one");
        }
    }

    /** @param property that names it */
    public static InetAddress address(String property, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ConfigurationException(property + ": the host " + host + " is not known", e);
        }
    }
}
