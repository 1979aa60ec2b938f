package org.rigatino.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.monitor.Backlog.Waiting;

/** How many wait, and how long the oldest has: two gauges with a value for each place and state, 0 where nothing waits. */
final class WaitingGauges {
    private static final double MILLIS = 1000;

    private final String placeTag;
    private final MultiGauge count;
    private final MultiGauge oldest;

    /** @param placeTag name of the label for places; null where there is but one place */
    WaitingGauges(MeterRegistry meters, String name, String what, String placeTag) {
        this.placeTag = placeTag;
        count = MultiGauge.builder(name).description(what + " by state").register(meters);
        oldest = MultiGauge.builder(name + ".oldest")
                .description("How long the oldest has been in the state")
                .baseUnit("seconds")
                .register(meters);
    }

    /** @param places and {@code states} that have a value even where nothing waits */
    void show(List<Waiting> waiting, Collection<String> places, Collection<String> states, Instant now) {
        Map<Tags, Waiting> all = new LinkedHashMap<>();
        for (String place : places) {
            for (String state : states) {
                all.put(tags(place, state), new Waiting(place, state, 0, now));
            }
        }
        waiting.forEach(found -> all.put(tags(found.place(), found.state()), found));
        List<MultiGauge.Row<?>> counts = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        all.forEach((tags, found) -> {
            counts.add(MultiGauge.Row.of(tags, found.count()));
            long age = Math.max(0, Duration.between(found.since(), now).toMillis());
            ages.add(MultiGauge.Row.of(tags, age / MILLIS));
        });
        count.register(counts, true);
        oldest.register(ages, true);
    }

    private Tags tags(String place, String state) {
        Tags tags = Tags.of("state", state);
        return placeTag == null ? tags : tags.and(placeTag, place);
    }
}
