package org.rigatino.audit.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.audit.AuditConfiguration;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.TlsProfiles;

/** How often keys are made of their files for a receiver that asks for a certificate with each connection. */
@Slow
class SyslogKeysTest {
    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();
    private volatile KeyStore keys;

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    TlsConfigurationRegistry registry(Certificates certificates) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        TlsConfiguration tls = proxy(TlsConfiguration.class, (one, method, values) -> switch (method.getName()) {
            case "createSSLContext" -> {
                made.incrementAndGet();
                yield certificates.context("rigatino");
            }
            case "getKeyStore" -> keys;
            case "getTrustStore" -> trust;
            case "isTrustAll" -> false;
            default -> Optional.empty();
        });
        return proxy(TlsConfigurationRegistry.class, (one, method, values) -> Optional.of(tls));
    }

    static AuditConfiguration settings(int port, String timeout) {
        return Settings.of(
                AuditConfiguration.class,
                Map.of(
                        "rigatino.audit.source-id", "site-a",
                        "rigatino.audit.syslog.host", "127.0.0.1",
                        "rigatino.audit.syslog.port", Integer.toString(port),
                        "rigatino.audit.syslog.timeout", timeout,
                        "rigatino.audit.syslog.tls", "syslog"));
    }

    @Test
    void keysAreMadeOfTheirFilesOnceAndAnewWhereThoseAreRenewed() throws Exception {
        Certificates certificates = Certificates.make(folder.resolve("certificates"));
        List<String> messages = new CopyOnWriteArrayList<>();
        keys = KeyStore.getInstance("PKCS12");
        try (DeliveryDatabase database = new DeliveryDatabase();
                SyslogReceiver receiver = new SyslogReceiver(certificates.context("peer"), 0, messages)) {
            database.with(registry(certificates), settings(receiver.port(), "PT10S"));
            database.bean(TlsProfiles.class);
            SyslogSender sender = database.bean(SyslogSender.class);
            sender.start();
            for (String message : List.of("a", "b", "c")) {
                sender.send(List.of(message.getBytes()));
            }
            assertThat(made).hasValue(1);
            keys = KeyStore.getInstance("PKCS12");
            sender.send(List.of("d".getBytes()));
            assertThat(made).hasValue(2);
            assertThat(messages).containsExactly("a", "b", "c", "d");
        }
    }
}
