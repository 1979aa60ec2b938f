package org.rigatino.dicom;

import java.time.Duration;
import java.util.Optional;

/**
 * A peer application entity and how long to wait for it.
 *
 * @param calledAeTitle the peer's AE title
 * @param callingAeTitle our own
 * @param connectTimeout longest wait for the TCP connection
 * @param responseTimeout longest silence of the peer, and longest time that it may leave one PDU unread
 * @param tls absent for plain TCP
 */
public record RemoteNode(
        String host,
        int port,
        String calledAeTitle,
        String callingAeTitle,
        Duration connectTimeout,
        Duration responseTimeout,
        Optional<TlsProfile> tls) {
    /** Over plain TCP. */
    public RemoteNode(
            String host,
            int port,
            String calledAeTitle,
            String callingAeTitle,
            Duration connectTimeout,
            Duration responseTimeout) {
        this(host, port, calledAeTitle, callingAeTitle, connectTimeout, responseTimeout, Optional.empty());
    }

    public RemoteNode {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("a remote node needs a host name or address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 and 65535");
        }
        AeTitle.check(calledAeTitle);
        AeTitle.check(callingAeTitle);
        checkPositive(connectTimeout);
        checkPositive(responseTimeout);
    }

    private static void checkPositive(Duration timeout) {
        if (timeout == null || timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("time-out " + timeout + " is not within 1 ms and 24 days");
        }
    }

    /** The same for those who do not wait as long. */
    public RemoteNode withinAtMost(Duration longest) {
        return new RemoteNode(
                host,
                port,
                calledAeTitle,
                callingAeTitle,
                shorter(connectTimeout, longest),
                shorter(responseTimeout, longest),
                tls);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public String toString() {
        return calledAeTitle + " at " + host + ":" + port;
    }
}
