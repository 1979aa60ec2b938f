package org.rigatino.audit;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** What the trail needs from time to time, in every process. */
@ApplicationScoped
class AuditUpkeep {
    private static final Logger LOG = Logger.getLogger(AuditUpkeep.class);

    @Inject
    DataSource dataSource;

    @Inject
    AuditConfiguration configuration;

    private Anchor noted = new Anchor(0, AuditRow.GENESIS);

    /** Partitions of the months ahead. */
    @Scheduled(every = "6h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void makePartitions() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select make_audit_partitions()");
        } catch (SQLException e) {
            LOG.warnf(
                    "the audit trail got no partitions for months ahead, which is tried again in 6 h: %s",
                    e.getMessage());
        }
    }

    /** Ties the trail to the log, and to a file where one is configured. */
    @Scheduled(every = "${rigatino.audit.anchor-every:PT1H}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void anchor() {
        try (Connection connection = dataSource.getConnection()) {
            Anchor head = AuditChain.head(connection);
            if (head.id() > noted.id()) {
                LOG.info(head);
                if (configuration.anchors().isPresent()) {
                    append(configuration.anchors().get(), head);
                }
                noted = head;
            }
        } catch (SQLException | IOException e) {
            LOG.warnf("the audit trail got no anchor, which is tried again: %s", e.getMessage());
        }
    }

    private static void append(Path file, Anchor head) throws IOException {
        Files.writeString(
                file,
                Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + head + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }
}
