package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Counts messages that are refused, and has the trail tell of them: once an hour for each address and reason, {@value #MOST} rows an
 * hour at most, {@value #MOST_OF_ADDRESS} of one address, since whoever sends by the thousand shall neither fill it nor hide another. What
 * the trail could not tell is told when it comes again. Any thread.
 */
final class CountedRefusals {
    static final int MOST = 60;
    static final int MOST_OF_ADDRESS = 20;

    private static final Logger LOG = Logger.getLogger(CountedRefusals.class);
    private static final String COUNTER = "rigatino.hl7.refused";

    private final RefusedMessages trail;
    private final MeterRegistry meters;
    private final Cache<Reason, Boolean> told = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(MOST)
            .build();

    /** Without the segment's number, of which a message has thousands. */
    private record Reason(String address, ErrorCode code, String segment, int field) {
        static Reason of(MessageFault fault, String address) {
            return new Reason(
                    address,
                    fault.code(),
                    fault.place().segment(),
                    fault.place().field());
        }
    }

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
        Reason reason = Reason.of(fault, address);
        if (!isNew(reason)) {
            return;
        }
        try {
            trail.tell(header, fault, address);
        } catch (Exception e) {
            // Whatever a commit throws, which declares nothing.
            told.invalidate(reason);
            LOG.warnf(
                    "the trail does not tell of a refused HL7 message from %s: %s",
                    address, e.getClass().getName());
        }
    }

    private synchronized boolean isNew(Reason reason) {
        told.cleanUp();
        Set<Reason> reasons = told.asMap().keySet();
        long ofAddress = reasons.stream()
                .filter(one -> one.address().equals(reason.address()))
                .count();
        if (reasons.contains(reason) || reasons.size() >= MOST || ofAddress >= MOST_OF_ADDRESS) {
            return false;
        }
        told.put(reason, true);
        return true;
    }
}
