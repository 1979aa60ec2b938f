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
    /** Literals, and no column but those of the partial index delivery_open, which alone is read. */
    private static final String COUNTED = "select d.destination, d.state, count(*) from Delivery d where d.state in ("
            + DestinationActs.literals(
                    Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.DECLINED, Delivery.State.FAILED)
            + ") group by d.destination, d.state";

    private static final String UNTRIED = "select d.destination, d.state, count(*) from Delivery d where d.state = "
            + DestinationActs.literals(Delivery.State.PENDING)
            + " and d.lastError is null group by d.destination, d.state";

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

    private record Count(String destination, Delivery.State state, Long deliveries) {}

    private static final class Counts {
        private final List<Count> all;
        private final List<Count> untried;

        private Counts(EntityManager entities) {
            all = entities.createQuery(COUNTED, Count.class).getResultList();
            untried = entities.createQuery(UNTRIED, Count.class).getResultList();
        }

        /** No attempt has failed for them. */
        private long untried(String destination) {
            return of(untried, destination, Delivery.State.PENDING);
        }

        private long of(String destination, Delivery.State state) {
            return of(all, destination, state);
        }

        private static long of(List<Count> counts, String destination, Delivery.State state) {
            return counts.stream()
                    .filter(count -> count.destination().equals(destination) && count.state() == state)
                    .mapToLong(Count::deliveries)
                    .sum();
        }
    }

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
        Counts counts = new Counts(entities);
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
                        acts.again(entry.getKey())));
        Stream<DestinationView> gone = counts.all.stream()
                .filter(count -> count.state() != Delivery.State.DECLINED)
                .map(Count::destination)
                .filter(name -> !all.containsKey(name))
                .distinct()
                .sorted()
                .map(name -> view(name, null, false, null, counts, 0, new DestinationActs.Again(null, 0, 0)));
        return Stream.concat(configured, gone).toList();
    }

    /** @param configured null where it is not any more */
    private static DestinationView view(
            String name,
            Destination configured,
            boolean byFile,
            AddedDestination added,
            Counts counts,
            long notesForElsewhere,
            DestinationActs.Again again) {
        long untried = counts.untried(name);
        boolean is = configured != null;
        return new DestinationView(
                name,
                is,
                is ? DestinationKind.of(configured) : null,
                is ? configured.aeTitle().orElse(null) : null,
                is ? configured.host().orElse(null) : null,
                is && configured.host().isPresent() ? configured.port() : 0,
                is ? configured.url().map(URI::toString).orElse(null) : null,
                again.place(),
                is && isSecure(configured),
                is
                        ? configured.objects().orElseThrow().stream()
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(),
                is ? DestinationObjects.essential(configured).stream().sorted().toList() : List.of(),
                is ? DestinationKind.proof(configured) : null,
                untried,
                counts.of(name, Delivery.State.PENDING) - untried,
                counts.of(name, Delivery.State.SENT),
                counts.of(name, Delivery.State.DECLINED),
                notesForElsewhere,
                again.deliveries(),
                again.elsewhere(),
                counts.of(name, Delivery.State.FAILED),
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
