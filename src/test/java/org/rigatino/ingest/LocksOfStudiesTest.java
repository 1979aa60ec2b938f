package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.deliver.DeliveryDatabase;

/** Several studies that something comes into at once, beside whoever settles what deliveries of several came to. */
class LocksOfStudiesTest {
    @Test
    void studiesAreLockedInTheOrderOfTheirIds(@TempDir Path folder) throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                    + " last_received_at) overriding system value values (1, '2.25.9', 1, 'DELIVERING', now(), now()),"
                    + " (2, '2.25.1', 1, 'DELIVERING', now(), now())");
            Set<String> created = database.beside(
                    "select id from study where id = 1 for update",
                    "select id from study where id = 2 for update",
                    () -> database.inTransaction(() -> {
                        try (Connection connection = database.dataSource().getConnection()) {
                            return new InstanceStatements(connection).lock(List.of("2.25.1", "2.25.9"), Instant.now());
                        }
                    }));
            assertThat(created).isEmpty();
        }
    }
}
