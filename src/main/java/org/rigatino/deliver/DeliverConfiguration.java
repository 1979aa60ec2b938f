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
import org.rigatino.persistence.Output;

/** Where overlays go, and how patiently. */
@ConfigMapping(prefix = "rigatino.deliver")
public interface DeliverConfiguration {
    /** Our AE title as a sender; archives call it back with storage commitment reports. */
    @WithDefault("${rigatino.ingest.ae-title:RIGATINO}")
    String aeTitle();

    /** Root of the encoded objects, which are kept and re-sent as they are. */
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
        String host();

        @Min(1) @Max(65535) @WithDefault("104")
        int port();

        String aeTitle();

        /** What it receives of every restored study; absent where the list is empty, which {@link DestinationObjects} refuses. */
        @WithDefault("secondary-capture")
        Optional<List<Output.Kind>> objects();

        /**
         * Of {@link #objects()}, those whose refusal is a failure of the study; the refusal of others is on record and no
         * failure. Absent means the first of them: {@link DestinationObjects#essential}.
         */
        Optional<Set<Output.Kind>> essential();

        /** Of the keys and trust, {@code quarkus.tls.NAME}; absent sends over plain TCP. */
        Optional<String> tls();

        @WithDefault("storage-commitment")
        Proof commitment();

        @WithDefault("PT10S")
        Duration connectTimeout();

        @WithDefault("PT60S")
        Duration responseTimeout();
    }

    /** Waits grow from the first to the longest, doubling. */
    interface Retry {
        @WithDefault("PT2S")
        Duration first();

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
