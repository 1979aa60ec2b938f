package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rigatino.Patience;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;

class MergedIdsTest {
    private static final Id HUB = new Id("HUB", "SITE");

    private static Id id(int number) {
        return new Id("A" + number, "SITE");
    }

    private static PatientMessage merge(Id prior, Id patient) {
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        return new PatientMessage(Kind.MERGE, at, at, patient, prior, Map.of());
    }

    @Test
    void mergesAreWalkedToTheirEndAndCirclesEnd() {
        List<PatientMessage> merges =
                List.of(merge(id(1), id(2)), merge(id(2), id(3)), merge(id(3), id(1)), merge(id(4), id(3)));
        assertThat(MergedIds.from(id(1), merges)).containsExactlyInAnyOrder(id(1), id(2), id(3));
        assertThat(MergedIds.with(id(1), merges)).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4));
        assertThat(MergedIds.from(id(9), merges)).containsExactly(id(9));
    }

    /** Of each merge of a hub it is asked who is joined by the others, while all other messages wait. */
    @Test
    void ofAHubEachMergeIsFollowedInATimeThatGrowsAsTheyDo() {
        List<PatientMessage> merges = new ArrayList<>();
        for (int number = 0; number < 3000; number++) {
            merges.add(merge(id(number), HUB));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(Patience.SECONDS), () -> {
            for (int number = 0; number < 3000; number++) {
                assertThat(MergedIds.with(id(number), merges)).hasSize(3001);
            }
        });
    }
}
