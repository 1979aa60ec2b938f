package org.rigatino.worker;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.access.AccessRules;
import org.rigatino.audit.AuditConfiguration;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.DestinationKind;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.hl7.Hl7Configuration;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.persistence.StoreFolder;
import org.rigatino.release.RecordedRelease;
import org.rigatino.release.Standings;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.retention.RetentionConfiguration;
import org.rigatino.webhook.WebhookConfiguration;

/** What an operator wants to know of a process that has started: a line each. Its addresses are told by who listens there. */
@ApplicationScoped
class StartReport {
    private static final Logger LOG = Logger.getLogger(StartReport.class);

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    @Inject
    Standings standings;

    @Inject
    IngestConfiguration ingest;

    @Inject
    RestoreConfiguration restore;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    DestinationsInForce destinations;

    @Inject
    AuditConfiguration audit;

    @Inject
    RetentionConfiguration retention;

    @Inject
    WebhookConfiguration webhooks;

    @Inject
    Hl7Configuration hl7;

    @Inject
    AccessRules access;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    /** After all that may refuse the start. */
    void tell(@Observes @Priority(Interceptor.Priority.APPLICATION + 900) StartupEvent event) {
        LOG.infof("Rigatino %s as %s. Not a diagnostic device", version, named(roles));
        LOG.infof("received files in %s, results in %s", ingest.store(), deliver.outputs());
        warnWhereOthersRead();
        if (roles.contains(ProcessRole.WORKER)) {
            standings.serving().all().forEach(this::tellRelease);
            standings.shadows().forEach(StartReport::tellShadow);
            tellDestinations();
        }
        List<String> missing = notConfigured();
        if (!missing.isEmpty()) {
            LOG.infof("not configured: %s", String.join("; ", missing));
        }
    }

    private void warnWhereOthersRead() {
        for (Path store : List.of(ingest.store(), deliver.outputs())) {
            try {
                StoreFolder.openToOthers(store).ifPresent(LOG::warn);
            } catch (IOException e) {
                LOG.warnf("who may read %s cannot be told: %s", store, e.getMessage());
            }
        }
    }

    static String named(Set<ProcessRole> roles) {
        return roles.stream().sorted().map(StartReport::word).collect(Collectors.joining(", "));
    }

    private void tellRelease(ModelRelease release) {
        LOG.infof(
                "restores with %s/%s, sha256 %s, device %s",
                release.name(), release.version(), release.digest(), restore.device());
    }

    private static void tellShadow(RecordedRelease release) {
        LOG.infof("judges in silence with %s, sha256 %s, in shadow", release.model(), release.digest());
    }

    private void tellDestinations() {
        Map<String, Destination> all = destinations.all();
        all.forEach(StartReport::tellDestination);
        if (all.isEmpty()) {
            LOG.warn("delivers nowhere: what arrives is kept and waits until a destination is added");
        }
    }

    private static void tellDestination(String name, Destination destination) {
        LOG.infof(
                "delivers to %s: %s, %s, proof by %s",
                name,
                place(destination),
                destination.objects().orElseThrow().stream()
                        .map(StartReport::word)
                        .collect(Collectors.joining(", ")),
                word(DestinationKind.proof(destination)));
    }

    private static String place(Destination destination) {
        return destination
                .url()
                .map(url -> "DICOMweb at " + url)
                .orElseGet(() -> destination.aeTitle().orElseThrow() + " at "
                        + destination.host().orElseThrow() + ":" + destination.port()
                        + (destination.tls().isPresent() ? " over TLS" : ""));
    }

    private List<String> notConfigured() {
        List<String> missing = new ArrayList<>();
        Map<String, Boolean> there = new TreeMap<>(Map.of(
                "reports by HL7",
                !roles.contains(ProcessRole.LISTENER)
                        || hl7.listen().sendingApplications().isPresent(),
                "users or an identity provider, so that whoever reaches the loopback address has every role",
                !access.isOpen(),
                "TLS of the listener",
                !roles.contains(ProcessRole.LISTENER) || ingest.tls().name().isPresent(),
                "retention, so that files are kept for ever",
                retention.instances().isPresent() || retention.outputs().isPresent(),
                "webhooks",
                !webhooks.all().isEmpty(),
                "HL7 receivers",
                !hl7.receivers().isEmpty(),
                "audit messages by syslog",
                audit.syslog().host().isPresent(),
                "a file for audit anchors",
                audit.anchors().isPresent()));
        there.forEach((what, is) -> {
            if (!is) {
                missing.add(what);
            }
        });
        return missing;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
