package org.rigatino.audit.syslog;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.rigatino.audit.AuditConfiguration;
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

    private TlsProfile profile;

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
        try (Socket plain = new Socket()) {
            int timeout = Math.toIntExact(configuration.syslog().timeout().toMillis());
            plain.connect(new InetSocketAddress(host(), configuration.syslog().port()), timeout);
            plain.setSoTimeout(timeout);
            try (SSLSocket socket = profile.connect(
                    plain,
                    host(),
                    configuration.syslog().port(),
                    configuration.syslog().timeout())) {
                OutputStream out = new BufferedOutputStream(socket.getOutputStream());
                for (byte[] message : messages) {
                    out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                    out.write(message);
                }
                out.flush();
                socket.shutdownOutput();
                if (configuration.syslog().awaitClose()) {
                    awaitClose(socket);
                }
            }
        }
    }

    /**
     * A receiver answers our close_notify (RFC 5425 4.4) once it has read what came before; one that dies with unread
     * messages resets the connection, which is an error here.
     */
    private void awaitClose(SSLSocket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            while (in.read() >= 0) {
                // Whatever it says, RFC 5425 gives it no meaning.
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("the receiver does not close the connection after the last message, so that nobody"
                    + " knows whether it has read them (rigatino.audit.syslog.await-close)");
        }
    }

    private String host() {
        return configuration.syslog().host().orElseThrow();
    }
}
