package org.rigatino.workitem;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.deliver.DeliverConfiguration;

/** Services that are asked for workitems (UPS-RS) to perform. Pauses after errors are those of {@code rigatino.deliver.retry}. */
@ConfigMapping(prefix = "rigatino.workitem")
public interface WorkitemConfiguration {
    /** By a name of the site's choice; none are asked where none is configured. */
    Map<String, @Valid Service> services();

    /** One worklist manager. */
    interface Service extends DeliverConfiguration.Access {
        /** Root of its DICOMweb service, which {@code /workitems} follows. */
        URI url();

        /** Name of the keys and trust, {@code quarkus.tls.NAME}; absent means what the Java platform trusts. */
        Optional<String> tls();

        /**
         * Which procedures are performed: codes of Scheduled Workitem Code Sequence (0040,4018), each as
         * {@code VALUE^SCHEME}.
         */
        Set<String> procedures();

        /** Of those, only what is scheduled for one of these stations (0040,4025), each as {@code VALUE^SCHEME}; absent takes all. */
        Optional<Set<String>> stations();

        /** Of those, only what is scheduled for one of these performers (0040,4034), each as {@code VALUE^SCHEME}; absent takes all. */
        Optional<Set<String>> performers();

        /** What is reported as the station that performed (0040,4028), as {@code VALUE^SCHEME^MEANING}. */
        @WithDefault("RIGATINO^99RIGATINO^Rigatino")
        String performedStation();

        /** A name in {@code rigatino.ingest.sources}, where input is fetched of which the workitem names no source that is there. */
        Optional<String> source();

        /**
         * AE title under which it is told of requests to cancel, over a WebSocket of the service (PS3.18 11.10 to 11.13); absent
         * asks for none.
         */
        Optional<String> subscriber();

        /** Time between two searches. */
        @WithDefault("PT10S")
        Duration every();

        /** Workitems of the service that are held at once. */
        @WithDefault("4")
        @Min(1) @Max(1000) int atOnce();

        /** How long the input of a claimed workitem is waited for, before that is canceled. */
        @WithDefault("PT2H")
        Duration inputWithin();
    }
}
