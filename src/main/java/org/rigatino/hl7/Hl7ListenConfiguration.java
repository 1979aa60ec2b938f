package org.rigatino.hl7;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.rigatino.ingest.IngestConfiguration.ClientCertificate;

/** Who may send reports of radiologists, ORU^R01 over MLLP, and how they are read. */
public interface Hl7ListenConfiguration {
    /** MSH-3 of who may send; absent, nothing listens. */
    Optional<Set<String>> sendingApplications();

    /** MSH-4 of who may send; absent lets every one through. */
    Optional<Set<String>> sendingFacilities();

    /**
     * Local address to listen on. Any but that of loopback needs {@code remote-addresses} or certificates of senders, and TLS
     * or {@code plain-mllp}.
     */
    @WithDefault("127.0.0.1")
    @NotBlank String host();

    /** Port to listen on; 0 for any free one. */
    @WithDefault("2575")
    @Min(0) @Max(65535) int port();

    /** Peers' host names, IP addresses or networks in CIDR notation that are served; absent serves all. */
    Optional<Set<String>> remoteAddresses();

    /** Name of the keys and trust, {@code quarkus.tls.NAME}; absent takes plain TCP. */
    Optional<String> tls();

    /** Whether senders over TLS prove who they are. */
    @WithDefault("required")
    ClientCertificate clientCertificate();

    /** Whether reports may come in clear from another machine, as through a tunnel of the site's own. */
    @WithDefault("false")
    boolean plainMllp();

    /** Connections at once; half of them from one address. Further ones are closed. */
    @WithDefault("20")
    @Min(2) @Max(200) int maxConnections();

    /** Bytes of one message; a longer one is refused, and its connection closed. */
    @WithDefault("1M")
    MemorySize maxMessage();

    /** Longest time from a message's first byte to its last, and for its answer to be taken. */
    @WithDefault("PT30S")
    Duration messageTimeout();

    /** Longest silence between two messages before a connection is closed. */
    @WithDefault("PT10M")
    Duration idleTimeout();

    /** MSH-11 that is taken: P for production, T for training, D for debugging. */
    @WithDefault("P")
    @Pattern(regexp = "[PTD]", message = "must be P, T or D (HL7 table 0103)")
    String processingId();

    /** Field that has the accession number; OBR-18 is IHE RAD-128's. */
    @WithDefault("OBR-18")
    @Pattern(
            regexp = "OBR-(2|3|18|19|20|21)|ORC-[23]",
            message = "must be OBR-2, OBR-3, OBR-18, OBR-19, OBR-20, OBR-21, ORC-2 or ORC-3")
    String accessionNumber();

    /**
     * Who issued a Patient ID (CX.5 empty, MR, PI or PT) where a message, or the images, do not say; absent, such IDs are
     * nobody's: such reports wait without a study, and such updates are refused.
     */
    Optional<String> assigningAuthority();

    /**
     * Whether that holds of several {@code sending-applications}: whether all of them mean one patient by one ID without an issuer.
     */
    @WithDefault("false")
    boolean sharedAuthority();

    /**
     * Zone of times without an offset, as Europe/Berlin; absent, that of the machine, which is UTC in most containers. In the wrong one a
     * correction seems earlier than images that it came after.
     */
    Optional<String> timeZone();

    /** Whether updates and merges of patients (ADT^A08, A31, A40) change what is shown of whose studies are. */
    @WithDefault("false")
    boolean patientUpdates();

    /** Character set of messages whose MSH-18 is empty, by its name in HL7 table 0211. */
    @WithDefault("ASCII")
    @NotBlank String characterSet();

    /** Reports of the last {@code rigatino.retention.unmatched-reports} at most, and merges of patients; further ones are answered
     * AR. */
    @WithDefault("100000")
    @Min(1) int maxReports();
}
