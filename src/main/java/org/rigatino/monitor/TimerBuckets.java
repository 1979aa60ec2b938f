package org.rigatino.monitor;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** Rigatino's timers as histograms, so that quantiles can be told over processes. */
class TimerBuckets {
    private static final double[] SECONDS = {0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200};

    @Produces
    @Singleton
    MeterFilter buckets() {
        double[] nanos = DoubleStream.of(SECONDS)
                .map(seconds -> seconds * Duration.ofSeconds(1).toNanos())
                .toArray();
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                boolean ours = id.getType() == Meter.Type.TIMER && id.getName().startsWith("rigatino.");
                return ours
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(nanos)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
