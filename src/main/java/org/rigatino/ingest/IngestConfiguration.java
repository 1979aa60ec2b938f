package org.rigatino.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.patient.UnknownPatientValues;

/** How studies are received. */
@ConfigMapping(prefix = "rigatino.ingest")
public interface IngestConfiguration {
    /** The only Called AE Title that is answered. */
    @WithDefault("RIGATINO")
    String aeTitle();

    /**
     * Local address to listen on. Any but that of loopback needs {@code calling-ae-titles}, {@code remote-addresses} or TLS
     * with certificates of senders.
     */
    @WithDefault("127.0.0.1")
    String host();

    /** Port to listen on; 0 for any free one. */
    @WithDefault("11112")
    @Min(0) @Max(65535) int port();

    /** Calling AE Titles that are served; absent serves all. */
    Optional<Set<String>> callingAeTitles();

    /** Peers' host names, IP addresses or networks in CIDR notation that are served; absent serves all. */
    Optional<Set<String>> remoteAddresses();

    /** Associations at once; further ones are rejected. */
    @WithDefault("50")
    @Min(1) @Max(1000) int maxAssociations();

    /** Associations at once from one address; half of all where absent. */
    Optional<@Min(1) Integer> maxAssociationsPerPeer();

    /** Announced as Maximum Length Received (PS3.8 D.1); a longer P-DATA-TF PDU ends its association. */
    @WithDefault("131072")
    @Min(4096) @Max(16777216) int maxPduLength();

    /** Bytes of one dataset as received; a longer one is refused with C000H. */
    @WithDefault("8G")
    MemorySize maxInstance();

    /**
     * Room that is kept on the disk of {@code store}, for the record and the broker too where they are on it: with less, C-STORE is
     * answered A700H.
     */
    @WithDefault("256M")
    MemorySize keepFree();

    /** Longest silence of a peer before its association is aborted. */
    @WithDefault("PT60S")
    Duration idleTimeout();

    /** Longest wait for the database before the sender is told A700H. */
    @WithDefault("PT20S")
    Duration commitTimeout();

    /** Folder of files as received; every process that works on the studies names the same one. */
    @WithDefault("data/instances")
    Path store();

    /** A study is complete once nothing of it has been received for this long. */
    @WithDefault("PT10S")
    Duration quietPeriod();

    /** How long a stop waits for associations to end by themselves. */
    @WithDefault("PT10S")
    Duration drain();

    /**
     * A study that nobody has taken on for this long after its event was published is published again, then after waits
     * that double.
     */
    @WithDefault("PT5M")
    Duration republishAfter();

    /**
     * Longest wait for the comparison of an instance with one that is there under its SOP Instance UID; where it takes
     * longer they are held to differ.
     */
    @WithDefault("PT8S")
    Duration compareLimit();

    /**
     * An empty Patient's Name, Birth Date or Sex beside one that is not, of the same Patient ID: {@code accept} takes it as
     * unknown (PS3.5 7.4.3), {@code refuse} for another value.
     */
    @WithDefault("accept")
    UnknownPatientValues unknownPatientValues();

    /** Quiet periods that differ, by Calling AE Title; the longest among a study's senders holds. */
    Map<String, Duration> quietPeriods();

    Tls tls();

    /** Where it is named, associations come over TLS and no other way (PS3.15 B.12). */
    interface Tls {
        /** Name of the keys and trust, {@code quarkus.tls.NAME}. */
        Optional<String> name();

        /** Port to listen on, instead of the plain one; 0 for any free one. */
        @WithDefault("2762")
        @Min(0) @Max(65535) int port();

        /** Whether senders prove who they are. */
        @WithDefault("required")
        ClientCertificate clientCertificate();
    }

    /** Whether a certificate is asked for. */
    enum ClientCertificate {
        REQUIRED,
        NONE
    }

    /** Where the instances of a study can be counted, by Calling AE Title of who sends them here. */
    Map<String, Counter> expectedCounts();

    /** Archives and DICOMweb services that may be asked for studies, by a name of the site's choice; no other is ever asked. */
    Map<String, Source> sources();

    /** By C-FIND, or as {@code source} is asked where that is set. */
    interface Counter {
        /** Host of the archive that is asked by C-FIND. */
        Optional<String> host();

        /** Its port. */
        Optional<@Min(1) @Max(65535) Integer> port();

        /** Its AE title. */
        Optional<String> aeTitle();

        /** A name in {@code rigatino.ingest.sources}, which is asked instead. */
        Optional<String> source();

        /** Time between two questions about one study; two equal answers after its last instance are believed. */
        @WithDefault("PT1S")
        Duration every();
    }

    /** By C-FIND and C-MOVE where it has {@code host} and {@code ae-title}, by DICOMweb where it has {@code url}. */
    interface Source {
        /** Name or address of an archive. It may send here what it is asked for, whatever the lists of senders say. */
        Optional<String> host();

        /** Its port. */
        @WithDefault("104")
        @Min(1) @Max(65535) int port();

        /** Its AE title. It has to know ours, with address and port of the listener, as a move destination. */
        Optional<String> aeTitle();

        /** Root of a DICOMweb service, {@code /studies} follows; https unless it is on this machine. */
        Optional<URI> url();

        /** Bearer token (RFC 6750). */
        Optional<String> token();

        /** User, of basic authentication (RFC 7617). */
        Optional<String> user();

        /** Password of the user. */
        Optional<String> password();

        /** Name of a TLS configuration, {@code quarkus.tls.NAME}, with trusted certificates and a key of our own. */
        Optional<String> tls();

        /** Longest wait for the connection. */
        @WithDefault("PT10S")
        Duration connectTimeout();

        /** Longest silence within an answer; of an archive that moves a study, while nothing of the study arrives either. */
        @WithDefault("PT60S")
        Duration idleTimeout();
    }
}
