package org.rigatino.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.audit.ProcessRole;
import org.rigatino.dicom.CommitmentHandler;
import org.rigatino.dicom.DicomListener;
import org.rigatino.dicom.InstanceAvailability;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.persistence.Doorbell;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyMoved;
import org.rigatino.persistence.StudyState;

/** The role {@code listener}: runs the DICOM listener, the study assembler and the publication of what is ready. */
@ApplicationScoped
public class IngestService {
    private static final Logger LOG = Logger.getLogger(IngestService.class);
    private static final String ASSOCIATIONS = "rigatino.associations";

    @Inject
    IngestConfiguration configuration;

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    @Inject
    TlsProfiles tls;

    @Inject
    InstanceRecord record;

    @Inject
    StudyAssembler assembler;

    @Inject
    Completion completion;

    @Inject
    PerformedSteps steps;

    @Inject
    AskedStudies asked;

    @Inject
    SendersOnRecord senders;

    @Inject
    StudyPublisher publisher;

    @Inject
    Instance<CommitmentHandler> commitments;

    @Inject
    MeterRegistry meters;

    private volatile DicomListener listener;
    private volatile Reception reception;
    private volatile UnrecordedFiles unrecorded;
    private volatile Doorbell assembly;
    /** Apart from the assembler, which must not wait for a broker that is away. */
    private volatile Doorbell publication;

    private volatile OtherVersions otherVersions;

    void start(@Observes StartupEvent event) throws IOException {
        if (!hasRole()) {
            return;
        }
        InstanceStore store = InstanceStore.open(configuration.store());
        otherVersions = new OtherVersions(store, record, configuration);
        reception = new Reception(
                store,
                record,
                otherVersions,
                asked,
                meters,
                configuration.maxInstance().asLongValue(),
                configuration.keepFree().asLongValue());
        unrecorded = new UnrecordedFiles(store, record, otherVersions, meters);
        assembly = new Doorbell("assembler", this::assemble);
        publication = new Doorbell("publisher", this::publish);
        listener = DicomListener.start(
                ListenerSettings.rules(configuration, tls()),
                (request, dataset) -> received(reception.store(request, dataset)),
                commitments.get(),
                this::announce,
                steps,
                senders);
        meters.gauge(ASSOCIATIONS, listener, DicomListener::associations);
        LOG.infof(
                "%s listens on %s:%d%s",
                configuration.aeTitle(),
                configuration.host(),
                listener.port(),
                configuration.tls().name().isPresent() ? " over TLS" : "");
    }

    private Optional<TlsProfile> tls() {
        boolean mutual = configuration.tls().clientCertificate() == IngestConfiguration.ClientCertificate.REQUIRED;
        return configuration.tls().name().map(name -> tls.listener("rigatino.ingest.tls.name", name, mutual));
    }

    private void announce(String callingAeTitle, InstanceAvailability notification) {
        completion.announce(
                notification.studyInstanceUid(),
                notification.available().stream()
                        .map(SopReference::sopInstanceUid)
                        .toList(),
                callingAeTitle);
        assembly.ring();
    }

    void stop(@Observes ShutdownEvent event) throws IOException, InterruptedException {
        DicomListener stopped = listener;
        listener = null;
        if (stopped != null) {
            stopped.drain(configuration.drain());
            otherVersions.close();
            meters.find(ASSOCIATIONS).meters().forEach(meters::remove);
            assembly.close();
            publication.close();
        }
    }

    public boolean hasRole() {
        return roles.contains(ProcessRole.LISTENER);
    }

    public boolean isListening() {
        return listener != null && listener.isListening();
    }

    /** The port that is listened on, also where the configuration leaves it open. */
    public int port() {
        return listener.port();
    }

    /**
     * For what comes by another door than an association: the same promises.
     *
     * @param study the only study that is taken, or null for any
     */
    public StoreStatus store(StoreRequest request, InputStream dataset, String study) {
        Reception open = reception;
        return listener == null || open == null
                ? StoreStatus.OUT_OF_RESOURCES
                : received(open.store(request, dataset, study));
    }

    /** The assembler learns when the quiet period ends that has begun. */
    private StoreStatus received(StoreStatus status) {
        assembly.ringUnlessSet();
        return status;
    }

    @Scheduled(every = "1h")
    void forget() {
        if (listener != null) {
            completion.forget();
        }
    }

    @Scheduled(every = "6h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void adopt() throws IOException {
        if (listener != null) {
            adopt(Instant.now());
        }
    }

    /** Puts files of the instance store on record that no row names. */
    void adopt(Instant now) throws IOException {
        unrecorded.adopt(now);
    }

    /** For what nobody rings for: other listeners' studies, a broker or a database that was away. */
    @Scheduled(every = "${rigatino.look-every:PT1S}")
    void look() {
        if (listener != null) {
            assembly.ring();
            publication.ring();
        }
    }

    private void assemble() {
        Instant now = Instant.now();
        assembler.forgetTimesToCome(now);
        completion.whole().forEach(id -> assembler.endQuietPeriod(id, now));
        assembler.candidates(now).forEach(id -> assembler.endQuietPeriod(id, now));
        assembler.nextCandidate(now).ifPresent(due -> assembly.ringAfter(Duration.between(Instant.now(), due)));
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) StudyMoved study) {
        if (listener != null && study.state() == StudyState.READY) {
            publication.ring();
        }
    }

    private void publish() {
        publisher.publish();
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void publishAgain() {
        if (listener == null) {
            return;
        }
        List<Study> stranded = publisher.stranded(Instant.now());
        for (Study study : stranded) {
            LOG.warnf(
                    "study %s revision %d was published at %s and nobody is at it: it is published again",
                    study.studyInstanceUid, study.revision, study.publishedAt);
            meters.counter("rigatino.studies.republished").increment();
        }
        publisher.publishAgain(stranded);
    }
}
