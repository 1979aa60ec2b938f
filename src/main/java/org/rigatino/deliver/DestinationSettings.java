package org.rigatino.deliver;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.result.ObjectKind;

/**
 * What an administrator enters for a DICOM destination: the lines of {@code rigatino.deliver.destinations.NAME}, without
 * those of DICOMweb, which may hold secrets. What is left out is as in files.
 *
 * @param port 104 where it is left out
 * @param objects overlays where it is left out
 * @param essential the first of the objects where it is left out
 * @param tls NAME of quarkus.tls.NAME; null for plain TCP
 * @param commitment by storage commitment where it is left out
 * @param connectTimeout 10 s where it is left out
 * @param responseTimeout 60 s where it is left out
 */
public record DestinationSettings(
        String host,
        Integer port,
        String aeTitle,
        List<ObjectKind> objects,
        Set<ObjectKind> essential,
        String tls,
        Proof commitment,
        Duration connectTimeout,
        Duration responseTimeout) {
    public DestinationSettings {
        host = stripped(host);
        port = port == null ? Integer.valueOf(104) : port;
        aeTitle = stripped(aeTitle);
        objects = objects == null
                ? List.of(ObjectKind.SECONDARY_CAPTURE)
                : objects.stream().filter(Objects::nonNull).distinct().toList();
        essential = Stream.ofNullable(essential)
                .flatMap(Set::stream)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        essential = essential.isEmpty() ? DestinationObjects.first(objects) : essential;
        tls = stripped(tls);
        commitment = commitment == null ? Proof.STORAGE_COMMITMENT : commitment;
        connectTimeout = connectTimeout == null ? Duration.ofSeconds(10) : connectTimeout;
        responseTimeout = responseTimeout == null ? Duration.ofSeconds(60) : responseTimeout;
    }

    private static String stripped(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Whether objects arrive at the same archive, so that what was sent to the one can be proved by the other. */
    boolean isAtThePlaceOf(DestinationSettings other) {
        return host.equals(other.host) && port.equals(other.port) && aeTitle.equals(other.aeTitle);
    }

    /** Who is where, for people. */
    String place() {
        return DestinationKind.place(destination());
    }

    /** As the trail tells them. */
    String told() {
        return place() + ", objects " + names(objects) + ", essential "
                + names(essential.stream().sorted().toList()) + ", proof "
                + commitment.name().toLowerCase(Locale.ROOT).replace('_', '-') + ", "
                + (tls == null ? "without TLS" : "TLS " + tls) + ", connect-timeout " + connectTimeout
                + ", response-timeout " + responseTimeout;
    }

    static String names(List<ObjectKind> kinds) {
        return kinds.stream().map(ObjectKind::configurationName).collect(Collectors.joining(" "));
    }

    /** As one of a file. */
    Destination destination() {
        return new Entered(
                Optional.ofNullable(host),
                port,
                Optional.ofNullable(aeTitle),
                objects.isEmpty() ? Optional.empty() : Optional.of(objects),
                essential.isEmpty() ? Optional.empty() : Optional.of(essential),
                Optional.ofNullable(tls),
                Optional.of(commitment),
                connectTimeout,
                responseTimeout);
    }

    private record Entered(
            Optional<String> host,
            int port,
            Optional<String> aeTitle,
            Optional<List<ObjectKind>> objects,
            Optional<Set<ObjectKind>> essential,
            Optional<String> tls,
            Optional<Proof> commitment,
            Duration connectTimeout,
            Duration responseTimeout)
            implements Destination {
        @Override
        public Optional<URI> url() {
            return Optional.empty();
        }

        @Override
        public boolean plainHttp() {
            return false;
        }

        @Override
        public Optional<Path> tokenFile() {
            return Optional.empty();
        }

        @Override
        public Optional<String> token() {
            return Optional.empty();
        }

        @Override
        public Optional<String> user() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> passwordFile() {
            return Optional.empty();
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }
    }
}
