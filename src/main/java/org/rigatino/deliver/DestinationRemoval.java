package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.rigatino.access.Actor;

/** Takes out a destination that was added, and ends what is on its way there. */
@ApplicationScoped
public class DestinationRemoval {
    @Inject
    DestinationChanges changes;

    @Inject
    DestinationActs acts;

    /**
     * The removal is one transaction; cancelling follows in others, 1000 deliveries each. Where they do not come to their
     * end, what is left is shown as of a destination that is not configured any more, with its way on.
     *
     * @param version of the row that was shown
     * @param openShown how many deliveries were shown to be open
     * @return how many were cancelled
     * @throws java.util.NoSuchElementException where nobody added it
     * @throws IllegalStateException where somebody was quicker, or more is open than was shown
     */
    public DestinationActs.Changed remove(String name, long version, long openShown, Actor by) {
        int cancelled = 0;
        Optional<String> place = changes.removeRow(name, version, openShown, by);
        if (place.isPresent()) {
            Instant at = Instant.now();
            DestinationActs.Changed part;
            do {
                part = acts.cancelRemoved(name, place.get(), by, at);
                cancelled += part.deliveries();
            } while (part.more());
        }
        return new DestinationActs.Changed(name, cancelled, false);
    }
}
