package org.rigatino.hl7.listen;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.audit.ProcessRole;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.hl7.Hl7Configuration;
import org.rigatino.hl7.Hl7ListenConfiguration;
import org.rigatino.identity.PatientCorrections;
import org.rigatino.identity.TakenBackMessages;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.IngestConfiguration.ClientCertificate;
import org.rigatino.report.ReportRows;

/** The role {@code listener} hears HL7 too, where the configuration says who may send. */
@ApplicationScoped
public class Hl7Listening {
    private static final Logger LOG = Logger.getLogger(Hl7Listening.class);

    /** Of a transaction. */
    private static final int STUDIES = 200;

    @Inject
    Hl7Configuration configuration;

    @Inject
    IngestConfiguration ingest;

    @Inject
    TlsProfiles profiles;

    @Inject
    ReportRows rows;

    @Inject
    PatientCorrections corrections;

    @Inject
    TakenBackMessages takenBack;

    @Inject
    RefusedMessages refused;

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    private volatile MllpListener listener;

    /** What can be told without the files of TLS. @throws ConfigurationException that names the property */
    public static void check(Hl7Configuration configuration) {
        if (configuration.listen().sendingApplications().isPresent()) {
            MllpRules.of(configuration.listen(), Optional.empty());
            charset(configuration.listen());
            checkAuthority(configuration.listen());
            Times.zone(configuration.listen());
        }
    }

    /** Where rigatino.hl7.listen.patient-updates was on before. */
    private void endCorrections() {
        int ended;
        do {
            ended = takenBack.endCorrections(STUDIES, Instant.now());
        } while (ended == STUDIES);
    }

    /** Two systems that count patients from 1 would each speak of the other's. */
    private static void checkAuthority(Hl7ListenConfiguration settings) {
        if (settings.assigningAuthority().isPresent()
                && settings.sendingApplications().orElseThrow().size() > 1
                && !settings.sharedAuthority()) {
            throw new ConfigurationException(MllpRules.PREFIX + "assigning-authority: several " + MllpRules.PREFIX
                    + "sending-applications may each have their own patient of one ID without an issuer. Set "
                    + MllpRules.PREFIX + "shared-authority=true where they all mean the same one, or have them send"
                    + " who issued an ID (PID-3.4) and leave assigning-authority out");
        }
    }

    void start(@Observes StartupEvent event) throws IOException {
        if (roles.contains(ProcessRole.LISTENER)) {
            endCorrections();
        }
        if (!isWanted()) {
            return;
        }
        Hl7ListenConfiguration settings = configuration.listen();
        checkAuthority(settings);
        listener = MllpListener.start(
                MllpRules.of(settings, tls(settings)),
                new ReceivedMessages(
                        settings, charset(settings), ownApplications(), rows, corrections, refused, meters));
        LOG.infof(
                "HL7 reports are taken on %s:%d%s from %s",
                settings.host(),
                listener.port(),
                settings.tls().isPresent() ? " over TLS" : "",
                String.join(", ", settings.sendingApplications().orElseThrow()));
    }

    private static Charset charset(Hl7ListenConfiguration settings) {
        return CharacterSets.of(settings.characterSet())
                .orElseThrow(() -> new ConfigurationException(MllpRules.PREFIX + "character-set: "
                        + settings.characterSet()
                        + " is none that is read here: UNICODE UTF-8, ASCII, 8859/1 to 8859/9, 8859/15, GB 18030-2000,"
                        + " KS X 1001 or BIG-5"));
    }

    private Optional<TlsProfile> tls(Hl7ListenConfiguration settings) {
        boolean mutual = settings.clientCertificate() == ClientCertificate.REQUIRED;
        return settings.tls().map(name -> profiles.listener(MllpRules.PREFIX + "tls", name, mutual));
    }

    private Set<String> ownApplications() {
        return Stream.concat(
                        Stream.of("RIGATINO"),
                        configuration.receivers().values().stream().map(Hl7Configuration.Settings::sendingApplication))
                .collect(Collectors.toSet());
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        MllpListener stopped = listener;
        listener = null;
        if (stopped != null) {
            stopped.drain(ingest.drain());
        }
    }

    boolean isWanted() {
        return roles.contains(ProcessRole.LISTENER)
                && configuration.listen().sendingApplications().isPresent();
    }

    boolean isListening() {
        MllpListener open = listener;
        return open != null && open.isListening();
    }

    /** The port that is listened on, also where the configuration leaves it open. */
    public int port() {
        return listener.port();
    }
}
