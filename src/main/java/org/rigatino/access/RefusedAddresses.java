package org.rigatino.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slows guessing down, whatever the name guessed: an address with too many refused attempts is not heard for a while,
 * which keeps the audit trail from being flooded too. Counted in this process alone.
 */
@ApplicationScoped
public class RefusedAddresses {
    private static final int ADDRESSES = 100_000;

    @Inject
    AccessConfiguration configuration;

    private Cache<String, AtomicInteger> refusals;

    @PostConstruct
    void open() {
        refusals = Caffeine.newBuilder()
                .maximumSize(ADDRESSES)
                .expireAfterWrite(configuration.signIn().addressLock())
                .build();
    }

    boolean isBlocked(String address) {
        AtomicInteger count = refusals.getIfPresent(address);
        return count != null && count.get() >= configuration.signIn().addressFailures();
    }

    /** @return whether this was the refusal after which the address is not heard any more */
    boolean refused(String address) {
        int count = refusals.get(address, first -> new AtomicInteger()).incrementAndGet();
        return count == configuration.signIn().addressFailures();
    }
}
