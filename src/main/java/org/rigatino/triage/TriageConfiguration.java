package org.rigatino.triage;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.rigatino.finding.Priority;

/** When a study that nobody has acknowledged goes to the top of the worklist by itself. */
@ConfigMapping(prefix = "rigatino.triage")
public interface TriageConfiguration {
    EscalateAfter escalateAfter();

    /** How long after its last instance, by its priority; absent means never. */
    interface EscalateAfter {
        /** Of a study of high priority. */
        Optional<Duration> high();

        /** Of a study of no priority. */
        Optional<Duration> unjudged();

        /** Of a study of medium priority. */
        Optional<Duration> medium();

        /** Of a study of low priority. */
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
