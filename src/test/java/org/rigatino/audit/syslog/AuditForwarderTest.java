package org.rigatino.audit.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.audit.AuditRows;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.TlsProfiles;

/** A trail on a real PostgreSQL and a receiver over TLS. */
@Slow
class AuditForwarderTest {
    private static final int WAITING = 500;

    @TempDir
    Path folder;

    private final List<String> messages = new CopyOnWriteArrayList<>();

    private static AuditForwarder forwarder(DeliveryDatabase database) throws Exception {
        database.bean(AuditSource.class);
        database.bean(AuditRows.class);
        database.bean(AuditMessages.class);
        database.bean(TlsProfiles.class);
        database.bean(SyslogSender.class);
        return database.bean(AuditForwarder.class);
    }

    private static void wait(DeliveryDatabase database, int rows) throws Exception {
        AuditTrail trail = database.bean(AuditTrail.class);
        database.inTransaction(() -> {
            trail.append(IntStream.range(0, rows)
                    .mapToObj(row -> new AuditTrail.Event(EventKind.SENDER_ADDED, null, "sender " + row, "made"))
                    .toList());
            return null;
        });
    }

    /** All that waits at once would take it longer than the time-out. */
    @Test
    void whoReadsSlowlyIsSentLessAtOnceAndCatchesUp() throws Exception {
        Certificates certificates = Certificates.make(folder);
        try (DeliveryDatabase database = new DeliveryDatabase();
                SyslogReceiver receiver = new SyslogReceiver(certificates.context("peer"), 0, messages)) {
            receiver.slow(Duration.ofMillis(5));
            database.with(
                    new SyslogKeysTest().registry(certificates), SyslogKeysTest.settings(receiver.port(), "PT1S"));
            AuditForwarder forwarder = forwarder(database);
            forwarder.start(null);
            wait(database, WAITING);
            await().until(() -> {
                forwarder.forward();
                return database.query("select 1 from audit_forwarding join audit_head on id = last_id")
                                .size()
                        == 1;
            });
            assertThat(messages).hasSizeGreaterThanOrEqualTo(WAITING);
        }
    }
}
