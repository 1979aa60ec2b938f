package org.rigatino.audit.syslog;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.rigatino.audit.AuditConfiguration;
import org.rigatino.dicom.Deadline;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.dicom.TlsProfiles;

/** Syslog over TLS 1.2 or later, a connection for each batch: RFC 5425, PS3.15 A.6. */
@ApplicationScoped
class SyslogSender {
    private static final String TLS = "rigatino.audit.syslog.tls";

    @Inject
    AuditConfiguration configuration;

    @Inject
    TlsConfigurationRegistry registry;

    @Inject
    TlsProfiles profiles;

    TlsProfile profile;

    /**
     * Before anything is sent. Keys are made of their files once, and anew where those are renewed.
     *
     * @throws ConfigurationException where trust or keys are missing
     */
    void start() {
        String name = configuration
                .syslog()
                .tls()
                .orElseThrow(() ->
                        new ConfigurationException(TLS + ": name a quarkus.tls configuration with a trust-store"));
        profile = profiles.sender(TLS, name);
        if (registry.get(name).orElseThrow().getTrustStore() == null) {
            throw new ConfigurationException(
                    TLS + ": quarkus.tls." + name + " has no trust-store to check the receiver's certificate against");
        }
    }

    /**
     * Returns once the receiver has read all of them, as far as {@code await-close} lets that be known.
     *
     * @param messages SYSLOG-MSG of RFC 5424, each without its length
     * @throws IOException where that is not so: some may have arrived
     */
    void send(List<byte[]> messages) throws IOException {
        Duration timeout = configuration.syslog().timeout();
        try (Socket plain = new Socket()) {
            plain.connect(
                    new InetSocketAddress(host(), configuration.syslog().port()), Math.toIntExact(timeout.toMillis()));
            Deadline deadline = Deadline.of(plain, timeout);
            try (deadline) {
                exchange(plain, messages);
            } catch (IOException e) {
                throw deadline.hasPassed() ? late(e) : e;
            }
            if (deadline.hasPassed()) {
                throw late(null);
            }
        }
    }

    private void exchange(Socket plain, List<byte[]> messages) throws IOException {
        AuditConfiguration.Syslog settings = configuration.syslog();
        try (SSLSocket socket = profile.connect(plain, host(), settings.port(), settings.timeout())) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            for (byte[] message : messages) {
                out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                out.write(message);
            }
            out.flush();
            socket.shutdownOutput();
            if (settings.awaitClose()) {
                // RFC 5425 4.4: who has read what came before answers our close_notify, and who dies resets the
                // connection.
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private IOException late(IOException cause) {
        return new IOException(
                "the receiver has not taken all of it and closed the connection within "
                        + configuration.syslog().timeout()
                        + ", so that nobody knows whether it has read it: mend it, or set"
                        + " rigatino.audit.syslog.timeout longer, or rigatino.audit.syslog.await-close=false where it never"
                        + " closes",
                cause);
    }

    private String host() {
        return configuration.syslog().host().orElseThrow();
    }
}
