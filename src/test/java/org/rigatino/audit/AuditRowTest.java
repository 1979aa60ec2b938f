package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the hash of a row covers. */
class AuditRowTest {
    /** What is in a row of version 1 cannot be said to be in one of version 2. */
    @Test
    void noContentHasOneHashInBothVersions() {
        for (String actor : new String[] {null, "anna"}) {
            assertThat(contentHash(1, "1.2", null, actor, null)).isNotEqualTo(contentHash(2, "1.2", null, actor, null));
        }
        // As docs/audit.md says, worked out by another program.
        assertThat(contentHash(2, "1.2", null, null, null))
                .isEqualTo("5a35edcd1ba62512115e8a3ea9105cd10165e4d18726739c718d6c35fc39a4b0");
    }

    /** Rows of a time before there were actors keep the hashes that they had. */
    @Test
    void rowsWithoutActorHashAsTheyDid() {
        assertThat(contentHash("1.2", null, null, null))
                .isEqualTo("525e473124a811a00f8d2d44509b2ffc5acca9552a8d71c1974c514294fd8696");
    }

    @Test
    void absentFieldsAndEmptyFieldsDiffer() {
        for (int version = 1; version <= AuditRow.VERSION; version++) {
            assertThat(contentHash(version, null, "", null, null))
                    .isNotEqualTo(contentHash(version, "", null, null, null));
            assertThat(contentHash(version, null, null, "a", null))
                    .isNotEqualTo(contentHash(version, null, null, null, "a"));
        }
    }

    private static String contentHash(String study, String subject, String actor, String address) {
        return contentHash(1, study, subject, actor, address);
    }

    private static String contentHash(int version, String study, String subject, String actor, String address) {
        return new AuditRow(1, Instant.EPOCH, "K", study, subject, "d", actor, address, version, AuditRow.GENESIS, null)
                .contentHash();
    }
}
