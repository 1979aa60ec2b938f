package org.rigatino.deliver.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.TlsProfile;

/** As whom a service is spoken to: by token, by user, by certificate, and that no secret is ever said. */
class CredentialsTest {
    private static final SopReference OBJECT = new SopReference("1.2.840.10008.5.1.4.1.1.7", "2.25.101");

    @TempDir
    static Path folder;

    private static Certificates certificates;

    private final List<String> authorizations = new ArrayList<>();
    private HttpServer server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.make(folder.resolve("certificates"));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private DicomwebArchive served(Credentials credentials) throws Exception {
        return served(HttpServer.create(), "http", credentials, Optional.empty());
    }

    private DicomwebArchive served(HttpServer made, String scheme, Credentials credentials, Optional<TlsProfile> tls)
            throws Exception {
        server = made;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        URI root = URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
        boolean shakesHands = made instanceof HttpsServer == scheme.equals("https");
        Duration patience = shakesHands ? Patience.STEP : Duration.ofSeconds(1);
        return new DicomwebArchive("pacs", root, credentials, tls, patience, patience);
    }

    private static boolean ask(DicomwebArchive archive) throws DicomException {
        return new QidoRs(archive).lists("2.25.1", "2.25.3", OBJECT);
    }

    @Test
    void aTokenFileIsReadForEveryRequest() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first.token\n");
        DicomwebArchive archive = served(Credentials.bearer(Optional.empty(), Optional.of(file)));
        ask(archive);
        Files.writeString(file, "second/token==");
        ask(archive);
        assertThat(authorizations).containsExactly("Bearer first.token", "Bearer second/token==");
    }

    @Test
    void aUserIsSentAsBasicAuthentication() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "pass:wörd\n");
        ask(served(Credentials.basic("rigatino", Optional.empty(), Optional.of(file))));
        assertThat(authorizations).containsExactly("Basic cmlnYXRpbm86cGFzczp3w7ZyZA==");
    }

    @Test
    void withoutCredentialsNoneAreSent() throws Exception {
        ask(served(Credentials.NONE));
        assertThat(authorizations).containsOnlyNulls();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "secret\r\nX-Injected: yes", "secret token", "secret\u0000", "sécret"})
    void aTokenFileThatHoldsNoneIsSaidAndNothingOfItIs(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("wrong"), content);
        DicomwebArchive archive = served(Credentials.bearer(Optional.empty(), Optional.of(file)));
        assertThatThrownBy(() -> ask(archive))
                .isInstanceOf(DicomwebException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("cret");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void aTokenFileThatIsGoneIsSaid() throws Exception {
        Path file = folder.resolve("gone");
        DicomwebArchive archive = served(Credentials.bearer(Optional.empty(), Optional.of(file)));
        assertThatThrownBy(() -> ask(archive))
                .isInstanceOf(DicomwebException.class)
                .hasMessageContaining(file + " cannot be read: NoSuchFileException");
    }

    private HttpServer https(String name, boolean client) throws Exception {
        SSLContext context = certificates.context(name);
        HttpsServer made = HttpsServer.create();
        made.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(client);
                parameters.setSSLParameters(ssl);
            }
        });
        return made;
    }

    private static Optional<TlsProfile> as(SSLContext context) {
        return Optional.of(new TlsProfile(() -> context, false, true));
    }

    @Test
    void aServiceThatAsksForACertificateGetsOurs() throws Exception {
        assertThat(ask(served(https("peer", true), "https", Credentials.NONE, as(certificates.context("rigatino")))))
                .isFalse();
        assertThat(authorizations).hasSize(1);
    }

    @Test
    void withoutACertificateNothingIsTaken() throws Exception {
        SSLContext nobody = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(Path.of(certificates.certificate("ca")))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        trust.init(store);
        nobody.init(null, trust.getTrustManagers(), null);
        DicomwebArchive archive = served(https("peer", true), "https", Credentials.NONE, as(nobody));
        assertThatThrownBy(() -> ask(archive)).isInstanceOf(DicomwebException.class);
        assertThat(authorizations).isEmpty();
    }

    /** Of a name that is another's, of an authority that is not trusted, and without TLS where it is wanted. */
    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "stranger", "plain"})
    void aServiceThatIsNotTheOneIsToldNothing(String name) throws Exception {
        HttpServer other = name.equals("plain") ? HttpServer.create() : https(name, false);
        DicomwebArchive archive = served(
                other,
                "https",
                Credentials.bearer(Optional.of("very-secret"), Optional.empty()),
                as(certificates.context("rigatino")));
        Path file = Files.write(folder.resolve("object"), new byte[100]);
        assertThatThrownBy(() -> new StowRs(archive).store("2.25.1", OBJECT, file))
                .isInstanceOfSatisfying(DicomwebException.class, problem -> assertThat(problem.isBegun())
                        .isFalse())
                .hasMessageNotContaining("very-secret");
        assertThat(authorizations).isEmpty();
    }
}
