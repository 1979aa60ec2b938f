package org.rigatino.dicom;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS for associations: the BCP 195 RFC 8996, 9325 TLS Secure Transport Connection Profile (PS3.15 B.12), which excludes
 * versions before 1.2 and never falls back to plain TCP.
 *
 * @param context keys and trust; asked for every connection, so that renewed certificates are taken
 * @param clientCertificate whether a listener asks for a certificate, and refuses who has none that it trusts
 * @param checkHostName whether a sender refuses a certificate that does not name the host it wanted (RFC 9325 6.1)
 */
public record TlsProfile(Supplier<SSLContext> context, boolean clientCertificate, boolean checkHostName) {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    /** RFC 8446 9.1 and RFC 9325 4.2: forward secrecy and authenticated encryption alone. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    /** As the side that was connected to. Returns when the handshake is done. */
    public SSLSocket accept(Socket connection, Duration limit) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.get().getSocketFactory().createSocket(connection, null, connection.getPort(), true);
        socket.setUseClientMode(false);
        SSLParameters parameters = parameters(socket);
        if (clientCertificate) {
            parameters.setNeedClientAuth(true);
        }
        parameters.setUseCipherSuitesOrder(true);
        return shakeHands(socket, connection, parameters, limit);
    }

    /**
     * As the side that connects. Returns when the handshake is done.
     *
     * @param connection to that host, which the certificate must name unless {@link #checkHostName} is off
     */
    public SSLSocket connect(Socket connection, String host, int port, Duration limit) throws IOException {
        SSLSocket socket = (SSLSocket) context.get().getSocketFactory().createSocket(connection, host, port, true);
        SSLParameters parameters = parameters(socket);
        if (checkHostName) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        return shakeHands(socket, connection, parameters, limit);
    }

    /** The profile's versions and cipher suites, for a client that shakes hands by itself. */
    public SSLParameters parameters(SSLContext with) {
        return parameters(
                with.getDefaultSSLParameters(), with.getSupportedSSLParameters().getCipherSuites());
    }

    private static SSLParameters parameters(SSLSocket socket) {
        return parameters(socket.getSSLParameters(), socket.getSupportedCipherSuites());
    }

    private static SSLParameters parameters(SSLParameters parameters, String[] supported) {
        List<String> suites = new ArrayList<>(CIPHER_SUITES);
        suites.retainAll(List.of(supported));
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(suites.toArray(String[]::new));
        return parameters;
    }

    private static SSLSocket shakeHands(SSLSocket socket, Socket connection, SSLParameters parameters, Duration limit)
            throws IOException {
        socket.setSSLParameters(parameters);
        Deadline deadline = Deadline.of(connection, limit);
        try (deadline) {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            String reason = deadline.hasPassed() ? "it is not done within " + limit : e.getMessage();
            throw new AssociationException("TLS handshake failed: " + reason, e);
        }
    }
}
