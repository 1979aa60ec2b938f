package org.rigatino.deliver;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.result.ObjectKind;

/**
 * The destinations of this process's configuration and those that administrators added, which all processes share. Where a
 * name is in both, the configuration's is in force.
 */
@ApplicationScoped
public class DestinationsInForce {
    private static final Logger LOG = Logger.getLogger(DestinationsInForce.class);
    private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

    @Inject
    DeliverConfiguration configuration;

    @Inject
    AddedDestinations record;

    private volatile Map<String, Destination> latest;
    private volatile long lookedAt;

    /** By name, as the record has them now; paused ones too. */
    public Map<String, Destination> all() {
        return remember(merged(record.all()));
    }

    /** The kinds of objects that each takes, by name, as the record has them now. */
    public Map<String, Set<ObjectKind>> objects() {
        return all().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> Set.copyOf(entry.getValue().objects().orElseThrow())));
    }

    /** The kinds of objects of studies that each takes, by name, as the record has them now; none where it takes answers alone. */
    public Map<String, Set<ObjectKind>> ofStudies() {
        return all().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> ofStudies(entry.getValue())));
    }

    static Set<ObjectKind> ofStudies(Destination destination) {
        Set<ObjectKind> kinds = EnumSet.copyOf(destination.objects().orElseThrow());
        kinds.retainAll(ObjectKind.ofFindings());
        return kinds;
    }

    /** Whether there is one that takes what is made of studies, as they were a second ago at most. */
    public boolean takeStudies() {
        return latest().values().stream()
                .anyMatch(destination -> !ofStudies(destination).isEmpty());
    }

    /** The same destinations as {@link #all}; those that were added do not change until the caller's transaction ends. */
    Map<String, Destination> held() {
        return merged(record.held());
    }

    /** As they were a second ago at most, or since when the record cannot be reached. For who must not wait for it. */
    public Map<String, Destination> latest() {
        if (latest == null) {
            refresh();
        }
        return latest == null ? merged(List.of()) : latest;
    }

    /** Looks again, unless that was done just now. */
    void look() {
        if (latest == null || System.nanoTime() - lookedAt > FRESH_NANOS) {
            refresh();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            all();
        } catch (RuntimeException e) {
            LOG.debugf("destinations that were added are not looked at: %s", e.getMessage());
        }
    }

    public Optional<Destination> find(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** Whether this process's configuration has it. */
    boolean isByFile(String name) {
        return configuration.destinations().containsKey(name);
    }

    /** Only files have others than of kind DICOM. */
    DestinationKind kind(String name) {
        Destination configured = configuration.destinations().get(name);
        return configured == null ? DestinationKind.DICOM : DestinationKind.of(configured);
    }

    /** Those that were added and are in force, paused ones too, by name. */
    Map<String, AddedDestination> added() {
        return record.all().stream()
                .filter(row -> !isByFile(row.name()))
                .collect(Collectors.toMap(AddedDestination::name, row -> row, (one, other) -> one, TreeMap::new));
    }

    /** Whether one that was added gives way to this process's configuration and is not paused. */
    boolean isAnyHidden() {
        return record.all().stream().anyMatch(row -> isByFile(row.name()) && !row.paused());
    }

    private Map<String, Destination> merged(List<AddedDestination> added) {
        Map<String, Destination> all = new TreeMap<>();
        added.stream()
                .filter(row -> !row.settings().objects().isEmpty())
                .forEach(row -> all.put(row.name(), row.settings().destination()));
        all.putAll(configuration.destinations());
        return all;
    }

    private Map<String, Destination> remember(Map<String, Destination> all) {
        latest = all;
        lookedAt = System.nanoTime();
        return all;
    }
}
