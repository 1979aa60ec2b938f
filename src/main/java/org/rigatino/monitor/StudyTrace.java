package org.rigatino.monitor;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/**
 * The OpenTelemetry trace of one study revision, from its first instance to the proof of its last object. It is made of
 * the record once the outcome is announced, so that it is whole however many processes had a part in it and however
 * often one of them was killed. Attributes hold UIDs, AE titles and counts, never patient data.
 */
@ApplicationScoped
public class StudyTrace {
    private static final Logger LOG = Logger.getLogger(StudyTrace.class);

    @Inject
    Tracer tracer;

    @Inject
    EntityManager entities;

    @ConfigProperty(name = "quarkus.otel.sdk.disabled")
    boolean disabled;

    /** Of one sender's instances, or one destination's objects: a name, how many, and three instants that may be null. */
    private record Group(String name, long count, Instant first, Instant second, Instant third) {}

    /**
     * Does nothing where the revision has no outcome yet, judges again what came in long before, or nobody listens. Reads in a transaction of its own and throws
     * nothing: what goes wrong with a trace must not take an outcome back.
     */
    public void ended(Study study) {
        if (disabled || study.endedAt == null || study.rerunId != null) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> send(study));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "study %s revision %d goes without a trace: %s",
                    study.studyInstanceUid, study.revision, e.getMessage());
        }
    }

    private void send(Study study) {
        Span root = tracer.spanBuilder("study")
                .setNoParent()
                .setStartTimestamp(study.firstReceivedAt)
                .setAttribute("dicom.study_instance_uid", study.studyInstanceUid)
                .setAttribute("rigatino.revision", (long) study.revision)
                .setAttribute("rigatino.outcome", study.state().name())
                .setAttribute("rigatino.images.seen", (long) study.imagesSeen)
                .setAttribute("rigatino.images.restored", (long) study.imagesRestored)
                .startSpan();
        explain(root, study);
        phases(study, Context.root().with(root));
        root.end(study.endedAt);
    }

    private static void explain(Span root, Study study) {
        if (study.state() == StudyState.REFUSED) {
            root.setAttribute("rigatino.refusal_rule", study.refusalRule());
        } else if (study.state() == StudyState.FAILED) {
            root.setAttribute("rigatino.failed_stage", study.failedStage());
            root.setStatus(StatusCode.ERROR, study.failedStage());
        }
    }

    private void phases(Study study, Context parent) {
        Instant restored = isOf(study, study.restoredAt) ? study.restoredAt : null;
        senders(study).forEach(sender -> span(parent, "receive", SpanKind.SERVER, sender.first, sender.second, sender));
        span(parent, "complete", SpanKind.INTERNAL, study.lastReceivedAt, study.readyAt, null);
        span(parent, "queue", SpanKind.CONSUMER, study.readyAt, study.restoringAt, null);
        span(
                parent,
                "restore",
                SpanKind.INTERNAL,
                study.restoringAt,
                restored == null ? study.endedAt : restored,
                null);
        if (restored != null) {
            destinations(study).forEach(destination -> {
                span(parent, "deliver", SpanKind.CLIENT, restored, destination.second, destination);
                span(parent, "confirm", SpanKind.CLIENT, destination.first, destination.third, destination);
            });
        }
    }

    /** A replay leaves the instants of what came of the study before it. */
    private static boolean isOf(Study study, Instant restored) {
        return restored != null && study.restoringAt != null && !restored.isBefore(study.restoringAt);
    }

    /** @param peer null where there is none */
    private void span(Context parent, String name, SpanKind kind, Instant from, Instant to, Group peer) {
        if (from == null || to == null || to.isBefore(from)) {
            return;
        }
        Span span = tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(kind)
                .setStartTimestamp(from)
                .startSpan();
        if (peer != null) {
            span.setAttribute("rigatino.peer", peer.name);
            span.setAttribute("rigatino.instances", peer.count);
        }
        span.end(to);
    }

    /** Calling AE titles, with their first and last instance of the revision. */
    private Stream<Group> senders(Study study) {
        return groups(
                study,
                "select callingAeTitle, count(*), min(receivedAt), max(receivedAt), max(receivedAt)"
                        + " from Instance where study.id = :study group by callingAeTitle");
    }

    /** Names of destinations, with their first and last C-STORE and their last proof. */
    private Stream<Group> destinations(Study study) {
        return groups(
                study,
                "select destination, count(*), min(sentAt), max(sentAt), max(confirmedAt)"
                        + " from Delivery where study.id = :study group by destination");
    }

    private Stream<Group> groups(Study study, String query) {
        return entities.createQuery(query, Group.class).setParameter("study", study.id).getResultList().stream()
                .sorted((a, b) -> a.name.compareTo(b.name));
    }
}
