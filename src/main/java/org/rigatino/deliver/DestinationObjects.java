package org.rigatino.deliver;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.result.ObjectKind;

/** Where destinations are and the lists of what they receive, looked at before anything starts. */
public final class DestinationObjects {
    private DestinationObjects() {}

    /** @throws IllegalArgumentException that names the property that cannot be right, and what may be in it */
    public static void check(DeliverConfiguration configuration) {
        configuration.destinations().forEach(DestinationObjects::check);
    }

    /** One of a file or one that a person enters. @throws IllegalArgumentException as {@link #check(DeliverConfiguration)} */
    static void check(String name, Destination destination) {
        DestinationAddress.check(name, destination);
        if (destination.objects().isEmpty()) {
            throw DestinationReason.NO_OBJECTS.wrong(name, names(List.of(ObjectKind.values())));
        }
        checkRejectionNotes(name, destination);
        Set<ObjectKind> essential = new TreeSet<>(essential(destination));
        if (essential.contains(ObjectKind.ASSESSMENT)) {
            throw DestinationReason.ASSESSMENT_NOT_ESSENTIAL.wrong(name);
        }
        if (essential.contains(ObjectKind.REJECTION_NOTE)) {
            throw DestinationReason.NOTE_NOT_ESSENTIAL.wrong(name);
        }
        destination.objects().orElseThrow().forEach(essential::remove);
        if (!essential.isEmpty()) {
            throw DestinationReason.ESSENTIAL_NOT_SENT.wrong(
                    name, names(essential), names(destination.objects().orElseThrow()));
        }
    }

    /** A note hides objects: what takes their place must be there before, and that be proved. */
    private static void checkRejectionNotes(String name, Destination destination) {
        List<ObjectKind> objects = destination.objects().orElseThrow();
        if (!objects.contains(ObjectKind.REJECTION_NOTE)) {
            return;
        }
        if (objects.stream().noneMatch(ObjectKind::isOfStudy)) {
            throw DestinationReason.NOTHING_TO_REJECT.wrong(name);
        }
        if (destination.commitment().equals(Optional.of(DeliverConfiguration.Proof.NONE))) {
            throw DestinationReason.NOTE_WITHOUT_PROOF.wrong(name);
        }
    }

    /** @throws IllegalArgumentException where a destination is this installation's own listener */
    public static void checkOthers(DeliverConfiguration configuration, Config config) {
        configuration.destinations().forEach((name, destination) -> checkOther(name, destination, config));
    }

    static void checkOther(String name, Destination destination, Config config) {
        OwnListener own = OwnListener.of(config);
        if (own.is(destination)) {
            throw DestinationReason.OWN_LISTENER.wrong(name, destination.host().orElseThrow(), own.port());
        }
    }

    /** For who delivers. @throws IllegalArgumentException where a token or a password cannot be had */
    public static void checkCredentials(DeliverConfiguration configuration) {
        configuration.destinations().forEach(DestinationAddress::checkCredentials);
    }

    /** Kinds that the destination must take; none only where it takes nothing but what is made later. */
    static Set<ObjectKind> essential(Destination destination) {
        return destination
                .essential()
                .orElseGet(() -> first(destination.objects().orElseThrow()));
    }

    /** What is essential where nobody says so. */
    static Set<ObjectKind> first(List<ObjectKind> objects) {
        return objects.stream().filter(ObjectKind::isOfStudy).limit(1).collect(Collectors.toUnmodifiableSet());
    }

    private static String names(Collection<ObjectKind> kinds) {
        return kinds.stream()
                .distinct()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
