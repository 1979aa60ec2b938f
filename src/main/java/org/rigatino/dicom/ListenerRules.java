package org.rigatino.dicom;

import io.smallrye.common.net.CidrAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which associations a {@link DicomListener} accepts.
 *
 * @param address the local address to bind to
 * @param port 0 for any free port
 * @param aeTitle the only Called AE Title that is answered
 * @param callingAeTitles the Calling AE Titles that are served; empty serves all
 * @param remoteAddresses the peers' networks that are served, a single address being the smallest; empty serves all
 * @param maxAssociations further ones are rejected as transient, local limit exceeded (PS3.8 table 9-21)
 * @param idleTimeout longest silence of a peer before its association is aborted
 * @param maxAssociationsPerPeer of them from one address
 * @param maxPduLength what is announced as Maximum Length Received (PS3.8 D.1), and the most that a P-DATA-TF PDU holds
 * @param tls absent for plain TCP
 * @param sources hosts by Calling AE Title that are served whatever the two lists say, and may only send what they were
 *     asked for
 */
public record ListenerRules(
        InetAddress address,
        int port,
        String aeTitle,
        Set<String> callingAeTitles,
        Set<CidrAddress> remoteAddresses,
        int maxAssociations,
        Duration idleTimeout,
        int maxAssociationsPerPeer,
        int maxPduLength,
        Optional<TlsProfile> tls,
        Map<String, Set<String>> sources) {
    /** Plain, without sources, with room for every peer to take all places, and PDUs of 128 KiB. */
    public ListenerRules(
            InetAddress address,
            int port,
            String aeTitle,
            Set<String> callingAeTitles,
            Set<CidrAddress> remoteAddresses,
            int maxAssociations,
            Duration idleTimeout) {
        this(
                address,
                port,
                aeTitle,
                callingAeTitles,
                remoteAddresses,
                maxAssociations,
                idleTimeout,
                maxAssociations,
                Pdu.MAX_DATA_LENGTH,
                Optional.empty(),
                Map.of());
    }

    boolean isServed(InetAddress peer) {
        return remoteAddresses.isEmpty() || remoteAddresses.stream().anyMatch(network -> network.matches(peer));
    }

    public ListenerRules {
        AeTitle.check(aeTitle);
        callingAeTitles.forEach(AeTitle::check);
        callingAeTitles = Set.copyOf(callingAeTitles);
        remoteAddresses = Set.copyOf(remoteAddresses);
        sources = Map.copyOf(sources);
        if (maxAssociations < 1 || maxAssociationsPerPeer < 1) {
            throw new IllegalArgumentException("the listener needs room for at least one association");
        }
        if (maxPduLength < Pdu.SHORTEST_MAX_DATA_LENGTH) {
            throw new IllegalArgumentException(
                    "PDUs of " + maxPduLength + " bytes are too short for anything; use 4096 or more");
        }
    }
}
