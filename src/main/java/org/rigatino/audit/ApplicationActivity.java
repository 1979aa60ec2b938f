package org.rigatino.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Start and stop of this process (PS3.15 A.5.3.1), and whether it was configured otherwise before. */
@ApplicationScoped
class ApplicationActivity {
    private static final Logger LOG = Logger.getLogger(ApplicationActivity.class);

    @Inject
    AuditTrail audit;

    @Inject
    AuditSource source;

    @Inject
    ConfigurationRecord configuration;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    String roles;

    private volatile boolean started;

    /** After the checks that may refuse the start, and before anything else that is worth an event. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 100) StartupEvent event) {
        QuarkusTransaction.requiringNew().run(() -> {
            audit.append(activity(EventKind.APPLICATION_STARTED));
            configuration.compare(roles);
        });
        started = true;
    }

    /** A process that is killed, or stops while the database is away, leaves no event of it. */
    void stop(@Observes ShutdownEvent event) {
        if (!started) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> audit.append(activity(EventKind.APPLICATION_STOPPED)));
        } catch (RuntimeException e) {
            LOG.warnf("the stop is not in the audit trail: %s", e.getMessage());
        }
    }

    private AuditTrail.Event activity(EventKind kind) {
        return new AuditTrail.Event(kind, null, source.id(), "Rigatino " + version + ", roles " + roles)
                .by(AuditSource.account())
                .from(AuditSource.host());
    }
}
