package org.rigatino.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;

/**
 * What was recorded within the last hour. What a transaction recorded that is rolled back was not, and is when it is tried
 * again. Any thread.
 */
public final class OnceAnHour {
    private static final int MOST = 100_000;

    private final Cache<String, Boolean> committed = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    private record Recorded(OnceAnHour where, String key) {}

    public boolean isNew(String key, TransactionSynchronizationRegistry transaction) {
        return committed.getIfPresent(key) == null && transaction.getResource(new Recorded(this, key)) == null;
    }

    /** Within the transaction that records it. */
    public void recorded(String key, TransactionSynchronizationRegistry transaction) {
        transaction.putResource(new Recorded(this, key), true);
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    committed.put(key, true);
                }
            }
        });
    }
}
