package org.rigatino.deliver;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.dicomweb.QidoRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.VerificationScu;

/**
 * C-ECHO to a destination, or QIDO-RS for a study that nobody has, as deliveries would reach it and with less patience.
 * Blocks; one at a time for each destination.
 */
@ApplicationScoped
public class DestinationEcho {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Destinations destinations;

    @Inject
    DestinationsInForce inForce;

    @Inject
    DestinationChanges changes;

    @Inject
    AuditTrail audit;

    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /**
     * Each wait, for the connection, the TLS handshake, the association and the answer, is the destination's own and 10 s
     * at most.
     *
     * @return empty where no destination has the name
     * @throws IllegalStateException where a test of the destination is under way
     */
    public Optional<Echo> echo(String destination, Actor by) {
        return inForce.find(destination).map(found -> echo(destination, found, "", by));
    }

    /**
     * The same of what was entered and need not be saved.
     *
     * @throws IllegalArgumentException where it cannot be right
     * @throws IllegalStateException where a test of the name is under way
     */
    public Echo echo(String destination, DestinationSettings entered, Actor by) {
        changes.check(destination, entered);
        return echo(destination, entered.destination(), " of " + entered.told() + ", as entered", by);
    }

    private Echo echo(String destination, Destination settings, String what, Actor by) {
        if (!running.add(destination)) {
            throw DestinationReason.TEST_UNDER_WAY.conflict(destination);
        }
        try {
            Echo echo = test(destination, settings);
            record(echo, what, by);
            return echo;
        } finally {
            running.remove(destination);
        }
    }

    private Echo test(String destination, Destination settings) {
        DestinationKind kind = DestinationKind.of(settings);
        long start = System.nanoTime();
        try {
            if (kind == DestinationKind.DICOMWEB) {
                new QidoRs(destinations.dicomweb(destination, settings).withinAtMost(PATIENCE)).ask();
            } else {
                VerificationScu.echo(destinations.node(destination, settings).withinAtMost(PATIENCE));
            }
            return new Echo(destination, kind, Echo.Outcome.ANSWERED, millisSince(start), null);
        } catch (DicomException e) {
            return Echo.failed(destination, kind, millisSince(start), e);
        }
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private void record(Echo echo, String what, Actor by) {
        String detail = echo.service() + what + ": " + echo.outcome() + " after " + echo.millis() + " ms"
                + (echo.answer() == null ? "" : ": " + echo.answer());
        QuarkusTransaction.requiringNew()
                .run(() -> audit.append(
                        by.did(new AuditTrail.Event(EventKind.DESTINATION_TESTED, null, echo.destination(), detail))));
    }
}
