package org.rigatino.deliver;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.persistence.Delivery;

/** The archives that are configured or were added, and how it stands with each. */
@ApplicationScoped
public class Destinations {
    /** As literals, by which the partial index delivery_open is found. */
    private static final String OPEN = Stream.of(
                    Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.DECLINED, Delivery.State.FAILED)
            .map(state -> Delivery.State.class.getName().replace('$', '.') + "." + state)
            .collect(Collectors.joining(", "));

    private static final String PREFIX = "rigatino.deliver.destinations.";

    @Inject
    DeliverConfiguration configuration;

    @Inject
    DestinationsInForce inForce;

    @Inject
    AddedDestinations record;

    @Inject
    TlsProfiles profiles;

    @Inject
    DicomwebServices services;

    @Inject
    DestinationActs acts;

    @Inject
    EntityManager entities;

    /** Deliveries of one state, and how many of them no attempt has failed for. */
    private record Count(String destination, Delivery.State state, Long untried, Long all) {}

    /** Of kind DICOM. @throws ConfigurationException where it cannot be right */
    RemoteNode node(String name, Destination destination) {
        try {
            return new RemoteNode(
                    destination.host().orElseThrow(),
                    destination.port(),
                    destination.aeTitle().orElseThrow(),
                    configuration.aeTitle(),
                    destination.connectTimeout(),
                    destination.responseTimeout(),
                    tls(name, destination));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(PREFIX + name + ": " + e.getMessage());
        }
    }

    /** Of kind DICOMWEB. @throws ConfigurationException where it cannot be right */
    DicomwebArchive dicomweb(String name, Destination destination) {
        return services.service(PREFIX + name, name, destination.url().orElseThrow(), destination, destination.tls());
    }

    private Optional<TlsProfile> tls(String name, Destination destination) {
        return destination.tls().map(tls -> profiles.sender(PREFIX + name + ".tls", tls));
    }

    /** By name; those that are neither configured nor added any more and have deliveries open come last. */
    @Transactional
    public List<DestinationView> list() {
        List<Count> counts = entities.createQuery(
                        "select d.destination, d.state, count(d) filter (where d.lastError is null), count(d)"
                                + " from Delivery d where d.state in (" + OPEN + ") group by d.destination, d.state",
                        Count.class)
                .getResultList();
        Map<String, Destination> all = inForce.all();
        Map<String, AddedDestination> added =
                record.all().stream().collect(Collectors.toMap(AddedDestination::name, Function.identity()));
        Map<String, Long> elsewhere = acts.notesForElsewhere();
        Stream<DestinationView> configured = all.entrySet().stream()
                .map(entry -> view(
                        entry.getKey(),
                        entry.getValue(),
                        inForce.isByFile(entry.getKey()),
                        added.get(entry.getKey()),
                        counts,
                        elsewhere.getOrDefault(entry.getKey(), 0L),
                        acts.repeatable(entry.getKey())));
        Stream<DestinationView> gone = counts.stream()
                .filter(count -> count.state() != Delivery.State.DECLINED)
                .map(Count::destination)
                .filter(name -> !all.containsKey(name))
                .distinct()
                .sorted()
                .map(name -> view(name, null, false, null, counts, 0, 0));
        return Stream.concat(configured, gone).toList();
    }

    /** @param configured null where it is not any more */
    private static DestinationView view(
            String name,
            Destination configured,
            boolean byFile,
            AddedDestination added,
            List<Count> all,
            long notesForElsewhere,
            long repeatable) {
        Map<Delivery.State, Count> counts = all.stream()
                .filter(count -> count.destination().equals(name))
                .collect(Collectors.toMap(Count::state, Function.identity()));
        Count none = new Count(name, null, 0L, 0L);
        Count pending = counts.getOrDefault(Delivery.State.PENDING, none);
        boolean is = configured != null;
        return new DestinationView(
                name,
                is,
                is ? DestinationKind.of(configured) : null,
                is ? configured.aeTitle().orElse(null) : null,
                is ? configured.host().orElse(null) : null,
                is && configured.host().isPresent() ? configured.port() : 0,
                is ? configured.url().map(URI::toString).orElse(null) : null,
                is && isSecure(configured),
                is
                        ? configured.objects().orElseThrow().stream()
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(),
                is ? DestinationObjects.essential(configured).stream().sorted().toList() : List.of(),
                is ? DestinationKind.proof(configured) : null,
                pending.untried(),
                pending.all() - pending.untried(),
                counts.getOrDefault(Delivery.State.SENT, none).all(),
                counts.getOrDefault(Delivery.State.DECLINED, none).all(),
                notesForElsewhere,
                repeatable,
                counts.getOrDefault(Delivery.State.FAILED, none).all(),
                byFile,
                added);
    }

    private static boolean isSecure(Destination destination) {
        return destination
                .url()
                .map(url -> url.getScheme().equals("https"))
                .orElse(destination.tls().isPresent());
    }
}
