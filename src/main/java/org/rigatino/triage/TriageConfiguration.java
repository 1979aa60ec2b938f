package org.rigatino.triage;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.rigatino.persistence.WorklistEntry.Priority;

/** When a study that nobody has acknowledged goes to the top of the worklist by itself. */
@ConfigMapping(prefix = "rigatino.triage")
public interface TriageConfiguration {
    EscalateAfter escalateAfter();

    /** From the last instance on; absent: never. */
    interface EscalateAfter {
        Optional<Duration> high();

        Optional<Duration> unjudged();

        Optional<Duration> medium();

        Optional<Duration> low();

        default Optional<Duration> of(Priority priority) {
            return switch (priority) {
                case HIGH -> high();
                case UNJUDGED -> unjudged();
                case MEDIUM -> medium();
                case LOW -> low();
            };
        }
    }
}
