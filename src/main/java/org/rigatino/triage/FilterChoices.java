package org.rigatino.triage;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;

/** What there is to narrow the worklist down by; a minute old at most. */
@ApplicationScoped
public class FilterChoices {
    private static final int MOST = 200;

    /** In the order of the alphabet, {@value #MOST} of each at most. */
    public record Choices(List<String> modalities, List<String> senders, List<String> releases) {}

    @Inject
    Session entities;

    private final LoadingCache<String, Choices> choices =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build(key -> read());

    @Transactional
    public Choices choices() {
        return choices.get("all");
    }

    private Choices read() {
        return new Choices(distinct("unnest(modalities)"), distinct("unnest(senders)"), distinct("release"));
    }

    private List<String> distinct(String what) {
        return entities.createNativeQuery(
                        "select distinct c from (select " + what + " as c from worklist_entry) as all_of_them"
                                + " where c is not null order by 1",
                        String.class)
                .setMaxResults(MOST)
                .getResultList();
    }
}
