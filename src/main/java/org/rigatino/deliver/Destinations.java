package org.rigatino.deliver;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.persistence.Delivery;

/** The archives that are configured, and how it stands with each. */
@ApplicationScoped
public class Destinations {
    /** As literals, by which the partial index delivery_open is found. */
    private static final String OPEN = Stream.of(
                    Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.DECLINED, Delivery.State.FAILED)
            .map(state -> Delivery.State.class.getName().replace('$', '.') + "." + state)
            .collect(Collectors.joining(", "));

    @Inject
    DeliverConfiguration configuration;

    @Inject
    TlsProfiles profiles;

    @Inject
    EntityManager entities;

    /** Deliveries of one state, and how many of them no attempt has failed for. */
    private record Count(String destination, Delivery.State state, Long untried, Long all) {}

    /** @throws ConfigurationException where it cannot be right */
    RemoteNode node(String name) {
        Destination destination = configuration.destinations().get(name);
        try {
            return new RemoteNode(
                    destination.host(),
                    destination.port(),
                    destination.aeTitle(),
                    configuration.aeTitle(),
                    destination.connectTimeout(),
                    destination.responseTimeout(),
                    destination
                            .tls()
                            .map(tls -> profiles.sender("rigatino.deliver.destinations." + name + ".tls", tls)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("rigatino.deliver.destinations." + name + ": " + e.getMessage());
        }
    }

    boolean isConfigured(String name) {
        return configuration.destinations().containsKey(name);
    }

    /** By name; those that are not configured any more and have deliveries open come last. */
    @Transactional
    public List<DestinationView> list() {
        List<Count> counts = entities.createQuery(
                        "select d.destination, d.state, count(d) filter (where d.lastError is null), count(d)"
                                + " from Delivery d where d.state in (" + OPEN + ") group by d.destination, d.state",
                        Count.class)
                .getResultList();
        Stream<DestinationView> configured = new TreeMap<>(configuration.destinations())
                .entrySet().stream().map(entry -> view(entry.getKey(), entry.getValue(), counts));
        Stream<DestinationView> gone = counts.stream()
                .filter(count -> count.state() != Delivery.State.DECLINED)
                .map(Count::destination)
                .filter(name -> !isConfigured(name))
                .distinct()
                .sorted()
                .map(name -> view(name, null, counts));
        return Stream.concat(configured, gone).toList();
    }

    /** @param configured null where it is not any more */
    private static DestinationView view(String name, Destination configured, List<Count> all) {
        Map<Delivery.State, Count> counts = all.stream()
                .filter(count -> count.destination().equals(name))
                .collect(Collectors.toMap(Count::state, Function.identity()));
        Count none = new Count(name, null, 0L, 0L);
        Count pending = counts.getOrDefault(Delivery.State.PENDING, none);
        boolean is = configured != null;
        return new DestinationView(
                name,
                is,
                is ? configured.aeTitle() : null,
                is ? configured.host() : null,
                is ? configured.port() : 0,
                is && configured.tls().isPresent(),
                is
                        ? configured.objects().orElseThrow().stream()
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(),
                is ? DestinationObjects.essential(configured).stream().sorted().toList() : List.of(),
                is ? configured.commitment() : null,
                pending.untried(),
                pending.all() - pending.untried(),
                counts.getOrDefault(Delivery.State.SENT, none).all(),
                counts.getOrDefault(Delivery.State.DECLINED, none).all(),
                counts.getOrDefault(Delivery.State.FAILED, none).all());
    }
}
