package org.rigatino.deliver;

import java.time.Instant;

/**
 * A destination that an administrator added, as it is on record.
 *
 * @param version another with each change, never given twice
 * @param paused whether nothing is sent there for now
 */
public record AddedDestination(
        String name, long version, boolean paused, String changedBy, Instant changedAt, DestinationSettings settings) {
    /** As the trail tells it. */
    String told() {
        return settings.told() + (paused ? ", paused" : "");
    }
}
