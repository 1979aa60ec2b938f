package org.rigatino.deliver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
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
    /**
     * Our AE title as a sender, and of queries for what was sent. Archives may call the listener by it with storage commitment reports, and
     * by {@code rigatino.ingest.ae-title} with these and all else.
     */
    @WithDefault("${rigatino.ingest.ae-title:RIGATINO}")
    String aeTitle();

    /** Folder of the encoded objects, which are kept and re-sent as they are. */
    @WithDefault("data/outputs")
    Path outputs();

    /** By a name of the site's choice. */
    Map<String, @Valid Destination> destinations();

    @Valid Retry retry();

    @Valid Commitment commitment();

    /**
     * How an object's safe arrival is proved: QUERY is C-FIND, or QIDO-RS of a DICOMweb service; NONE leaves it at the
     * answer to C-STORE or STOW-RS, and says so.
     */
    enum Proof {
        STORAGE_COMMITMENT,
        QUERY,
        NONE
    }

    /** How a DICOMweb service is reached, and who we are there. */
    interface Access {
        /** Whether {@code url} may be http to another machine, as through a tunnel of the site's own. */
        @WithDefault("false")
        boolean plainHttp();

        /** File with the bearer token (RFC 6750) for {@code url}, read for every request. */
        Optional<Path> tokenFile();

        /** The bearer token itself, where it is in no file. */
        Optional<String> token();

        /** User of basic authentication (RFC 7617) at {@code url}. */
        Optional<String> user();

        /** File with the user's password, read for every request. */
        Optional<Path> passwordFile();

        /** The password itself, where it is in no file. */
        Optional<String> password();

        /** Longest wait for the connection. */
        @WithDefault("PT10S")
        Duration connectTimeout();

        /** Longest wait for an answer; of a {@code url}, for the whole of it, and for more of a request to be taken. */
        @WithDefault("PT60S")
        Duration responseTimeout();
    }

    /** One archive: by DICOM where it has {@code host} and {@code ae-title}, by DICOMweb where it has {@code url}. */
    interface Destination extends Access {
        /** Name or address of the archive. */
        Optional<String> host();

        /** Its port. */
        @Min(1) @Max(65535) @WithDefault("104")
        int port();

        /** Its AE title. */
        Optional<String> aeTitle();

        /** Root of the archive's DICOMweb service (STOW-RS, QIDO-RS), which {@code /studies} follows; instead of {@code host}. */
        Optional<URI> url();

        /**
         * What it receives of every restored study, whether of what people say of it ({@code assessment}), and whether it is
         * told what a later analysis superseded, which has it hide that ({@code rejection-note}); docs/operations.md says what each is. An empty list is refused.
         */
        @WithDefault("secondary-capture")
        Optional<List<ObjectKind>> objects();

        /**
         * Of {@code objects}, those whose refusal is a failure of the study; the refusal of others is on record and no
         * failure. Absent means the first of them. Assessments and rejection notes are never essential.
         */
        Optional<Set<ObjectKind>> essential();

        /**
         * Name of the keys and trust, {@code quarkus.tls.NAME}. Absent sends over plain TCP to {@code host}, and to a
         * {@code url} over https with what the Java platform trusts.
         */
        Optional<String> tls();

        /**
         * How safe arrival is proved: {@code storage-commitment}, by C-FIND or QIDO-RS ({@code query}), or {@code none},
         * which leaves studies DELIVERED. Absent means {@code storage-commitment} with {@code host} and {@code query} with
         * {@code url}.
         */
        Optional<Proof> commitment();
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
