package org.rigatino.retention;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.ingest.IngestConfiguration;

/** Deletes files whose time is over, in any process of the role {@code worker}; several do not get in each other's way. */
@ApplicationScoped
public class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    @Inject
    RetentionConfiguration configuration;

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    RetentionRecord record;

    @Inject
    IdentityRetention identities;

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() throws SQLException {
        if (!roles.contains(ProcessRole.WORKER)) {
            return;
        }
        Instant ours = Instant.now();
        Optional<Instant> now = record.agreed(ours);
        if (now.isPresent()) {
            apply(now.get());
        } else {
            LOG.errorf(
                    "nothing is deleted whose time may be over: the clock here says %s, and the database's is more than %s"
                            + " from that. Set the clock that is wrong; retention goes on by itself",
                    ours, RetentionRecord.APART);
        }
    }

    /** Everything that is due at the time. */
    void apply(Instant now) throws SQLException {
        apply(Holding.INSTANCES, configuration.instances(), ingest.store(), now);
        apply(Holding.OUTPUTS, configuration.outputs(), deliver.outputs(), now);
        if (configuration.identity().isPresent()) {
            identities.apply(configuration.identity().get(), now);
            identities.applyToComments(configuration.identity().get(), now);
            identities.applyToReports(configuration.identity().get(), now);
        }
        identities.applyToUnmatchedReports(configuration.unmatchedReports(), now);
        identities.applyToCorrections(configuration.unmatchedReports(), now);
    }

    void apply(Holding holding, Optional<Duration> age, Path store, Instant now) throws SQLException {
        if (age.isEmpty()) {
            return;
        }
        Path root = store.toAbsolutePath().normalize();
        RetentionRecord.forEach(
                holding + " under " + root,
                uid -> record.due(holding, age.get(), now, uid),
                uid -> record.delete(holding, uid, root, age.get(), now));
    }
}
