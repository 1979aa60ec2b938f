package org.rigatino.hl7;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.hl7.Hl7Configuration.Settings;
import org.rigatino.notify.Feeds;

/** The receivers of the configuration. */
@ApplicationScoped
public class Hl7Receivers {
    private static final String PREFIX = "rigatino.hl7.receivers.";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    @Inject
    Hl7Configuration configuration;

    @Inject
    TlsProfiles tlsProfiles;

    @Inject
    ReportedStudies studies;

    @Inject
    Feeds feeds;

    @Inject
    AuditTrail audit;

    /** What can be told without the files of TLS. @throws ConfigurationException that names the property */
    public static void check(Hl7Configuration configuration) {
        configuration.receivers().forEach((name, settings) -> {
            if (settings.tls().isEmpty() && !settings.plainMllp() && !THIS_MACHINE.contains(settings.host())) {
                throw new ConfigurationException(PREFIX + name + ".host " + settings.host() + " is another machine, and"
                        + " patients' names would pass in clear: set " + PREFIX + name + ".tls, or " + PREFIX + name
                        + ".plain-mllp=true where the way there is protected otherwise");
            }
        });
    }

    /** @throws ConfigurationException where one is set wrong, before any is told anything */
    public void start() {
        check(configuration);
        List<Hl7Receiver> receivers = configuration.receivers().entrySet().stream()
                .map(entry -> receiver(entry.getKey(), entry.getValue()))
                .toList();
        receivers.forEach(feeds::start);
    }

    private Hl7Receiver receiver(String name, Settings settings) {
        MllpClient client = new MllpClient(settings, tls(name, settings));
        return new Hl7Receiver(name, settings, client, studies, this::accepted);
    }

    private Optional<TlsProfile> tls(String name, Settings settings) {
        return settings.tls().map(tls -> tlsProfiles.sender(PREFIX + name + ".tls", tls));
    }

    private void accepted(String receiver, StudyEvent event, String controlId, String leftOut) {
        QuarkusTransaction.requiringNew()
                .run(() -> audit.append(
                        EventKind.HL7_ACCEPTED,
                        event.studyInstanceUid(),
                        receiver,
                        "revision " + event.revision() + " " + event.outcome() + ", message " + controlId + leftOut));
    }
}
