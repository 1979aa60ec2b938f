package org.rigatino.monitor;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditConfiguration;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.monitor.Backlog.Waiting;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.StudyState;

/**
 * What waits, as metrics. Every process tells the whole deployment's: take the maximum over processes, not the sum. While
 * the database is away the values stay, and {@code rigatino.monitor.looked.at} tells how old they are.
 */
@ApplicationScoped
class BacklogMeters {
    private static final Logger LOG = Logger.getLogger(BacklogMeters.class);
    private static final List<String> STATES = Arrays.stream(StudyState.values())
            .filter(state -> !state.isOutcome() || state == StudyState.FAILED)
            .map(StudyState::name)
            .toList();

    private final Backlog backlog;
    private final DestinationsInForce destinations;
    private final IngestConfiguration ingest;
    private final WaitingGauges studies;
    private final WaitingGauges deliveries;
    private final WaitingGauges retrievals;
    private final WaitingGauges workitems;
    private final WaitingGauges failingServices;
    private final WaitingGauges identities;
    private final AuditConfiguration audit;
    private final WaitingGauges forwarding;
    private final AtomicLong lookedAt = new AtomicLong();
    private final MeterRegistry meters;
    private final Meter age;

    @Inject
    BacklogMeters(
            Backlog backlog,
            DestinationsInForce destinations,
            IngestConfiguration ingest,
            AuditConfiguration audit,
            MeterRegistry meters) {
        this.backlog = backlog;
        this.destinations = destinations;
        this.ingest = ingest;
        this.audit = audit;
        this.meters = meters;
        studies = new WaitingGauges(meters, "rigatino.studies", "Study revisions", null);
        deliveries = new WaitingGauges(meters, "rigatino.deliveries", "Objects", "destination");
        retrievals = new WaitingGauges(meters, "rigatino.retrievals.waiting", "Studies to be fetched", "source");
        workitems = new WaitingGauges(meters, "rigatino.workitems", "Workitems", "service");
        failingServices = new WaitingGauges(meters, "rigatino.workitem.services", "Services of workitems", "service");
        identities = new WaitingGauges(meters, "rigatino.identities.waiting", "Patients to be shown anew", null);
        forwarding = new WaitingGauges(meters, "rigatino.audit.forwarding", "Rows of the trail to be sent", "receiver");
        age = TimeGauge.builder("rigatino.monitor.looked.at", lookedAt, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description("When the record was last looked at for the gauges of what waits, since 1970 UTC")
                .register(meters);
    }

    /** A registry outlives an application; a gauge refers to its number weakly, and one of that name is not made twice. */
    @PreDestroy
    void leave() {
        meters.remove(age);
    }

    @Scheduled(every = "${rigatino.monitor.every:PT15S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            List<Waiting> studiesNow = backlog.studies();
            List<Waiting> deliveriesNow = backlog.deliveries();
            List<Waiting> retrievalsNow = backlog.retrievals();
            List<Waiting> workitemsNow = backlog.workitems();
            List<Waiting> failingNow = backlog.failingServices();
            List<Waiting> identitiesNow = backlog.identities();
            List<Waiting> forwardingNow = audit.syslog().host().isEmpty()
                    ? List.of()
                    : backlog.forwarding(
                            audit.syslog().host().get() + ":" + audit.syslog().port());
            Instant now = Instant.now();
            studies.show(studiesNow, List.of("study"), STATES, now);
            deliveries.show(
                    deliveriesNow,
                    destinations.latest().keySet(),
                    List.of(Delivery.State.PENDING.name(), Delivery.State.SENT.name(), Delivery.State.FAILED.name()),
                    now);
            Collection<String> sources = ingest.sources().keySet();
            retrievals.show(retrievalsNow, sources, List.of("PENDING", "FAILED"), now);
            workitems.show(workitemsNow, List.of(), List.of(), now);
            failingServices.show(failingNow, List.of(), List.of(), now);
            identities.show(identitiesNow, List.of("identity"), List.of("MARKED", "DUE"), now);
            forwarding.show(forwardingNow, List.of(), List.of(), now);
            lookedAt.set(now.toEpochMilli());
        } catch (SQLException e) {
            LOG.debugf("what waits is not looked at: %s", e.getMessage());
        }
    }
}
