package org.rigatino.deliver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.result.ObjectKind;

/** Where overlays go, and how patiently. */
@ConfigMapping(prefix = "rigatino.deliver")
public interface DeliverConfiguration {
    /** Our AE title as a sender; archives call it back with storage commitment reports. */
    @WithDefault("${rigatino.ingest.ae-title:RIGATINO}")
    String aeTitle();

    /** Folder of the encoded objects, which are kept and re-sent as they are. */
    @WithDefault("data/outputs")
    Path outputs();

    /** By a name of the site's choice. */
    Map<String, @Valid Destination> destinations();

    @Valid Retry retry();

    @Valid Commitment commitment();

    /** How an object's safe arrival is proved; NONE leaves it at the answer to C-STORE, and says so. */
    enum Proof {
        STORAGE_COMMITMENT,
        QUERY,
        NONE
    }

    /** One archive. */
    interface Destination {
        /** Name or address of the archive. */
        String host();

        /** Its port. */
        @Min(1) @Max(65535) @WithDefault("104")
        int port();

        /** Its AE title. */
        String aeTitle();

        /** What it receives of every restored study; docs/operations.md says what each is. An empty list is refused. */
        @WithDefault("secondary-capture")
        Optional<List<ObjectKind>> objects();

        /**
         * Of {@code objects}, those whose refusal is a failure of the study; the refusal of others is on record and no
         * failure. Absent means the first of them.
         */
        Optional<Set<ObjectKind>> essential();

        /** Name of the keys and trust, {@code quarkus.tls.NAME}; absent sends over plain TCP. */
        Optional<String> tls();

        /**
         * How safe arrival is proved: by storage commitment, by C-FIND ({@code query}), or not, which leaves studies DELIVERED.
         */
        @WithDefault("storage-commitment")
        Proof commitment();

        /** Longest wait for the connection. */
        @WithDefault("PT10S")
        Duration connectTimeout();

        /** Longest wait for an answer. */
        @WithDefault("PT60S")
        Duration responseTimeout();
    }

    /** Waits grow from the first to the longest, doubling. */
    interface Retry {
        /** Wait before the second attempt. */
        @WithDefault("PT2S")
        Duration first();

        /** Longest wait between two attempts. */
        @WithDefault("PT5M")
        Duration longest();

        /**
         * An object that an archive rejects, or refuses to prove, this often is a failed delivery. Unreachable archives are
         * never given up.
         */
        @Min(1) @WithDefault("5")
        int rejections();
    }

    /** Storage commitment requests (PS3.4 annex J). */
    interface Commitment {
        /** How long the requesting association stays open for a report. */
        @WithDefault("PT5S")
        Duration sameAssociation();

        /** How long a report on an association of the archive's own may take before commitment is requested again. */
        @WithDefault("PT1M")
        Duration timeout();

        /** Unanswered requests before a C-FIND is tried. */
        @Min(1) @WithDefault("3")
        int requests();
    }
}
