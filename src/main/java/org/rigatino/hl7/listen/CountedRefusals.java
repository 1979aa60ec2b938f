package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Counts messages that are refused, and has the trail tell of them: once an hour for each address and reason, {@value #MOST} rows an
 * hour at most, since whoever sends by the thousand shall not fill it. Any thread.
 */
final class CountedRefusals {
    static final int MOST = 60;

    private static final Logger LOG = Logger.getLogger(CountedRefusals.class);
    private static final String COUNTER = "rigatino.hl7.refused";

    private final RefusedMessages trail;
    private final MeterRegistry meters;
    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(MOST)
            .build();

    /** Each reason is there with 0 from now on, so that its first refusal is a rise. */
    CountedRefusals(RefusedMessages trail, MeterRegistry meters) {
        this.trail = trail;
        this.meters = meters;
        for (ErrorCode reason : ErrorCode.values()) {
            meters.counter(COUNTER, "reason", reason.name());
        }
    }

    /** @param header null where the message has none that can be read */
    void add(Segment header, MessageFault fault, String address) {
        meters.counter(COUNTER, "reason", fault.code().name()).increment();
        if (!isNew(address + " " + fault.code() + " " + fault.place())) {
            return;
        }
        try {
            trail.tell(header, fault, address);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "the trail does not tell of a refused HL7 message from %s: %s",
                    address, e.getClass().getName());
        }
    }

    private synchronized boolean isNew(String key) {
        told.cleanUp();
        if (told.getIfPresent(key) != null || told.estimatedSize() >= MOST) {
            return false;
        }
        told.put(key, true);
        return true;
    }
}
