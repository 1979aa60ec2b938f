package org.rigatino.dicomweb;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The STOW-RS door, and the retrieval from sources, by DICOMweb and by C-MOVE. */
@ConfigMapping(prefix = "rigatino.dicomweb")
public interface DicomwebConfiguration {
    /** STOW-RS requests that are served at once; further ones are answered 503. */
    @WithDefault("16")
    @Min(1) @Max(1000) int maxRequests();

    /** STOW-RS requests from one address that are served at once. */
    @WithDefault("8")
    @Min(1) @Max(1000) int maxRequestsPerPeer();

    /** Most instances of one STOW-RS request or of one retrieved study. */
    @WithDefault("100000")
    @Min(1) int maxInstances();

    Retrieval retrieval();

    /** How studies are fetched from a source. */
    interface Retrieval {
        /** Longest time for fetching one whole study. */
        @WithDefault("PT1H")
        Duration timeLimit();

        /** Wait before the second attempt; each further wait is twice as long, up to the longest. */
        @WithDefault("PT2S")
        Duration first();

        /** Longest wait between two attempts. */
        @WithDefault("PT5M")
        Duration longest();

        /** Attempts before a retrieval has failed. */
        @WithDefault("30")
        @Min(1) int attempts();
    }
}
