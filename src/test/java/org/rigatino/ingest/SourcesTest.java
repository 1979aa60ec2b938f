package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebClient;
import org.rigatino.dicom.TlsProfiles;

/** DICOMweb sources over TLS: the rules of all other connections. */
class SourcesTest {
    @TempDir
    static Path folder;

    private static Certificates certificates;

    private final AtomicInteger made = new AtomicInteger();
    private volatile KeyStore keys;
    private boolean trustAll;
    private String hostNames = "HTTPS";
    private String[] suites;
    private HttpsServer server;

    @BeforeAll
    static void certificates() throws Exception {
        certificates = Certificates.make(folder);
    }

    @BeforeEach
    void listen() throws Exception {
        keys = KeyStore.getInstance("PKCS12");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.context("peer")) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters all = getSSLContext().getDefaultSSLParameters();
                if (suites != null) {
                    all.setProtocols(new String[] {"TLSv1.2"});
                    all.setCipherSuites(suites);
                }
                parameters.setSSLParameters(all);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private TlsConfigurationRegistry registry() {
        TlsConfiguration tls = proxy(TlsConfiguration.class, (one, method, values) -> switch (method.getName()) {
            case "createSSLContext" -> context();
            case "getKeyStore", "getTrustStore" -> keys;
            case "isTrustAll" -> trustAll;
            case "getHostnameVerificationAlgorithm" -> Optional.of(hostNames);
            default -> Optional.empty();
        });
        return proxy(TlsConfigurationRegistry.class, (one, method, values) -> Optional.of(tls));
    }

    private SSLContext context() throws Exception {
        made.incrementAndGet();
        return certificates.context("rigatino");
    }

    private Sources sources(String scheme) throws Exception {
        IngestConfiguration configuration = Settings.of(
                IngestConfiguration.class,
                Map.of(
                        "rigatino.ingest.sources.web.url",
                        scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/dicom-web",
                        "rigatino.ingest.sources.web.tls",
                        "site"));
        TlsConfigurationRegistry registry = registry();
        return injected(
                new Sources(), List.of(configuration, registry, injected(new TlsProfiles(), List.of(registry))));
    }

    private static <T> T injected(T bean, List<Object> parts) throws Exception {
        for (Field field : bean.getClass().getDeclaredFields()) {
            if (field.isAnnotationPresent(Inject.class)) {
                field.setAccessible(true);
                field.set(
                        bean,
                        parts.stream()
                                .filter(field.getType()::isInstance)
                                .findFirst()
                                .orElseThrow());
            }
        }
        return bean;
    }

    private int count(Sources sources) throws DicomException {
        return new DicomwebClient(sources.services().get("web")).count("1.2.3");
    }

    @Test
    void aSourceWhoseCertificateIsTrustedIsAsked() throws Exception {
        assertThat(count(sources("https"))).isZero();
    }

    @Test
    void whoTrustsEveryoneIsRefused() {
        trustAll = true;
        assertThatThrownBy(() -> sources("https").services())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rigatino.ingest.sources.web.tls", "trusts everyone");
    }

    @Test
    void whoLooksAtNoHostNameIsRefused() {
        hostNames = "NONE";
        assertThatThrownBy(() -> sources("https").services())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("hostname-verification-algorithm=NONE");
    }

    @Test
    void keysThatWouldNotBeUsedAreRefused() {
        assertThatThrownBy(() -> sources("http").services())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is without TLS");
    }

    @Test
    void renewedCertificatesAreTaken() throws Exception {
        Sources sources = sources("https");
        DicomwebClient client = new DicomwebClient(sources.services().get("web"));
        client.count("1.2.3");
        client.count("1.2.3");
        assertThat(made).hasValue(1);
        keys = KeyStore.getInstance("PKCS12");
        client.count("1.2.3");
        assertThat(made).hasValue(2);
    }

    /** RFC 9325 4.2: without authenticated encryption. */
    @Test
    void aCipherSuiteThatTheProfileExcludesIsNotSpoken() throws Exception {
        suites = new String[] {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"};
        Sources sources = sources("https");
        assertThatThrownBy(() -> count(sources)).isInstanceOf(DicomException.class);
    }
}
