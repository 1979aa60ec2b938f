package org.rigatino.audit.syslog;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.openehealth.ipf.commons.audit.AuditException;
import org.rigatino.audit.AuditConfiguration;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditRows;
import org.rigatino.audit.AuditSource;
import org.rigatino.persistence.AdvisoryLock;

/**
 * Sends the trail to its syslog receiver, at least once and in its order, from a cursor in the database: what the
 * receiver misses while it is away comes when it is back. One process at a time does it.
 */
@ApplicationScoped
class AuditForwarder {
    private static final Logger LOG = Logger.getLogger(AuditForwarder.class);
    private static final String LOCK = "rigatino.audit.syslog";
    private static final int MOST_ROWS = 500;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @Inject
    DataSource dataSource;

    @Inject
    AuditConfiguration configuration;

    @Inject
    AuditRows rows;

    @Inject
    AuditMessages messages;

    @Inject
    SyslogSender sender;

    private volatile boolean started;
    private int failures;
    /** Of a batch: fewer where the receiver does not take so many within its time. */
    private int most = MOST_ROWS;

    private Instant notBefore = Instant.MIN;

    /** Before this process's first event: what a receiver is configured for begins with that. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 50) StartupEvent event) throws SQLException {
        if (configuration.syslog().host().isPresent()) {
            sender.start();
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into audit_forwarding (receiver,"
                            + " last_id) select ?, id from audit_head on conflict (receiver) do nothing")) {
                insert.setString(1, receiver());
                insert.executeUpdate();
            }
            started = true;
        }
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forward() {
        if (!started || Instant.now().isBefore(notBefore)) {
            return;
        }
        try (AdvisoryLock mine = AdvisoryLock.tryAcquire(dataSource, LOCK).orElse(null)) {
            if (mine != null) {
                forwardAll();
            }
        } catch (SQLException | IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        if (failures++ == 0) {
            LOG.warnf("audit messages do not reach %s and wait in the database: %s", receiver(), e.getMessage());
        }
        most = Math.max(1, most / 2);
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, 6));
        notBefore = Instant.now().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private void forwardAll() throws SQLException, IOException {
        List<AuditRow> batch;
        int asked;
        do {
            asked = most;
            batch = rows.after(cursor(), asked);
            if (!batch.isEmpty()) {
                send(batch.stream().map(this::messages).flatMap(List::stream).toList());
                advance(batch.get(batch.size() - 1).id());
            }
            if (failures > 0) {
                LOG.infof("audit messages reach %s again", receiver());
                failures = 0;
            }
        } while (batch.size() == asked);
    }

    private void send(List<byte[]> due) throws IOException {
        if (due.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        sender.send(due);
        if (System.nanoTime() - began < configuration.syslog().timeout().toNanos() / 2) {
            most = Math.min(MOST_ROWS, most * 2);
        }
    }

    /** Empty also where the row makes no message: the rest of the trail is not held up by it, and the log names it. */
    private List<byte[]> messages(AuditRow row) {
        try {
            return messages.of(row).stream()
                    .map(message -> SyslogMessage.of(
                            message, AuditSource.host(), ProcessHandle.current().pid()))
                    .toList();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SQLException) {
                throw e;
            }
            LOG.errorf(
                    "no audit message can be made of row %d, %s: %s",
                    row.id(), row.kind(), e instanceof AuditException ? e.getMessage() : e.toString());
            return List.of();
        }
    }

    private long cursor() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select last_id from audit_forwarding where receiver = ?")) {
            select.setString(1, receiver());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("audit_forwarding lost the cursor of " + receiver());
                }
                return row.getLong(1);
            }
        }
    }

    private void advance(long id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update audit_forwarding set last_id = ? where receiver = ?")) {
            update.setLong(1, id);
            update.setString(2, receiver());
            update.executeUpdate();
        }
    }

    private String receiver() {
        return configuration.syslog().host().orElseThrow() + ":"
                + configuration.syslog().port();
    }
}
