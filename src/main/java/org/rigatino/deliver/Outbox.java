package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.ObjectKind;
import org.rigatino.rule.RuledKinds;
import org.rigatino.study.Routing;

/** Where objects enter the outbox. */
@ApplicationScoped
public class Outbox implements Routing {
    private static final Set<Delivery.State> TRIED_ANEW =
            EnumSet.of(Delivery.State.FAILED, Delivery.State.DECLINED, Delivery.State.CANCELLED);

    @Inject
    EntityManager entities;

    @Inject
    DestinationsInForce inForce;

    @Inject
    AuditTrail audit;

    @Override
    public boolean isAny() {
        return inForce.takeStudies();
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void hold() {
        inForce.held();
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(Study study, Collection<Output> outputs, Map<String, Set<ObjectKind>> asked) {
        Map<String, Destination> all = inForce.held();
        requireAny(all, asked, outputs);
        Map<String, Delivery> existing = existing(study);
        Set<Output> standing = new HashSet<>(outputs);
        existing.values().stream()
                .filter(row -> row.state == Delivery.State.FAILED && standing.contains(row.output))
                .filter(row -> !RuledKinds.let(study.ruledDestinations, row.destination, row.output.kind))
                .forEach(this::ruledOut);
        for (Output output : outputs) {
            for (String destination : destinations(all, asked, output.kind)) {
                boolean essential = output.kind.isOfStudy()
                        && DestinationObjects.essential(all.get(destination)).contains(output.kind);
                Delivery delivery = existing.get(key(output, destination));
                if (delivery == null) {
                    entities.persist(delivery(study, output, destination, essential));
                } else if (TRIED_ANEW.contains(delivery.state)) {
                    delivery.essential = essential;
                    again(delivery);
                }
            }
        }
    }

    /** Destinations that take objects of the kind, which do not change until the caller's transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Set<String> taking(ObjectKind kind) {
        return inForce.held().entrySet().stream()
                .filter(entry -> entry.getValue().objects().orElseThrow().contains(kind))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where a destination is, as {@link DestinationKind#place}, and stays until the caller's transaction ends; empty where it is not. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<String> place(String destination) {
        return Optional.ofNullable(inForce.held().get(destination)).map(DestinationKind::place);
    }

    /** A rejection note for what is at a place, and for nobody where the destination is put elsewhere. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void addFor(Study study, Output note, String destination, String place) {
        Delivery delivery = delivery(study, note, destination, false);
        delivery.place = place;
        entities.persist(delivery);
    }

    /** An object that comes after the study's own, and that no destination must take. */
    @Transactional(Transactional.TxType.MANDATORY)
    void addLater(Study study, Output output, Collection<String> destinations) {
        destinations.forEach(destination -> entities.persist(delivery(study, output, destination, false)));
    }

    /** Where none is left nothing would be delivered, and that would pass for everything. */
    private static void requireAny(
            Map<String, Destination> inForce, Map<String, Set<ObjectKind>> asked, Collection<Output> outputs) {
        Set<String> taking = inForce.entrySet().stream()
                .filter(entry ->
                        !DestinationsInForce.ofStudies(entry.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!outputs.isEmpty() && !asked.isEmpty() && Collections.disjoint(taking, asked.keySet())) {
            throw new IllegalStateException(
                    "every destination that the study was made for was removed while it was restored: "
                            + String.join(", ", new TreeSet<>(asked.keySet()))
                            + "; it is restored anew for those that there are then");
        }
    }

    /** It had failed, and would go on failing a study that the rules of the house send elsewhere now. */
    private void ruledOut(Delivery delivery) {
        delivery.state = Delivery.State.CANCELLED;
        delivery.transactionUid = null;
        delivery.lastError =
                "rules of the house keep it from the destination now; it had failed before: " + delivery.lastError;
        audit.append(
                EventKind.DELIVERIES_CANCELLED,
                delivery.study.studyInstanceUid,
                delivery.destination,
                "1 deliveries cancelled: rules of the house keep object " + delivery.output.sopInstanceUid
                        + ", which had failed there, from the destination now");
    }

    static void again(Delivery delivery) {
        delivery.state = Delivery.State.PENDING;
        delivery.attempts = 0;
        delivery.rejections = 0;
        delivery.sentAt = null;
        delivery.warning = null;
        delivery.nextAttemptAt = Instant.now();
    }

    private static List<String> destinations(
            Map<String, Destination> all, Map<String, Set<ObjectKind>> asked, ObjectKind kind) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().objects().orElseThrow().contains(kind))
                .map(Map.Entry::getKey)
                .filter(name -> asked.getOrDefault(name, Set.of()).contains(kind))
                .toList();
    }

    private Map<String, Delivery> existing(Study study) {
        return entities
                .createQuery("from Delivery d join fetch d.output where d.study = :study", Delivery.class)
                .setParameter("study", study)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> key(row.output, row.destination), Function.identity()));
    }

    private static String key(Output output, String destination) {
        return output.sopInstanceUid + " " + destination;
    }

    private static Delivery delivery(Study study, Output output, String destination, boolean essential) {
        Delivery delivery = new Delivery();
        delivery.study = study;
        delivery.output = output;
        delivery.destination = destination;
        delivery.essential = essential;
        delivery.nextAttemptAt = Instant.now();
        return delivery;
    }
}
