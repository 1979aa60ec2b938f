package org.rigatino.audit.syslog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rigatino.dicom.Certificates;

/** The syslog receiver that the application of {@code RunningParts} reports to, over TLS. */
public final class ReportedTo {
    static final List<String> MESSAGES = new CopyOnWriteArrayList<>();

    private static Certificates certificates;
    private static SyslogReceiver receiver;

    private ReportedTo() {}

    /** Settings of who reports. */
    public static Map<String, String> start() {
        try {
            certificates = Certificates.make(Files.createTempDirectory("certificates"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        open("peer", 0);
        return Map.of(
                "rigatino.audit.source-id", "site-a",
                "rigatino.audit.syslog.host", "127.0.0.1",
                "rigatino.audit.syslog.port", Integer.toString(receiver.port()),
                "rigatino.audit.syslog.tls", "syslog",
                "quarkus.tls.syslog.key-store.pem.0.key", certificates.key("rigatino"),
                "quarkus.tls.syslog.key-store.pem.0.cert", certificates.certificate("rigatino"),
                "quarkus.tls.syslog.trust-store.pem.certs", certificates.certificate("ca"));
    }

    static SyslogReceiver receiver() {
        return receiver;
    }

    /** In the place of the one before, which is closed. @param certificate whose it shows */
    static void replaceBy(String certificate) {
        int port = receiver.port();
        stop();
        open(certificate, port);
    }

    private static void open(String certificate, int port) {
        try {
            receiver = new SyslogReceiver(certificates.context(certificate), port, MESSAGES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void stop() {
        try {
            receiver.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
