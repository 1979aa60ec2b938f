package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCredentialsTest {
    @TempDir
    Path folder;

    /** A database of a version that did not know the role of exports. */
    @Test
    void aRoleThatAVersionBeforeDidNotKnowGetsAPasswordAndOthersKeepTheirs() throws Exception {
        Path cluster = folder.resolve("postgres");
        PostgresCredentials first = PostgresCredentials.create(cluster);
        Path file = PostgresCredentials.file(cluster);
        List<String> without = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith(DatabaseRole.EXPORTER.roleName()))
                .toList();
        Files.write(file, without);
        PostgresCredentials completed = PostgresCredentials.complete(cluster);
        assertThat(completed.of(DatabaseRole.EXPORTER)).hasSize(48).isNotEqualTo(first.of(DatabaseRole.EXPORTER));
        assertThat(completed.of(DatabaseRole.OWNER)).isEqualTo(first.of(DatabaseRole.OWNER));
        assertThat(completed.superuser()).isEqualTo(first.superuser());
        for (PostgresCredentials again :
                List.of(PostgresCredentials.read(cluster), PostgresCredentials.complete(cluster))) {
            for (DatabaseRole role : DatabaseRole.values()) {
                assertThat(again.of(role)).isEqualTo(completed.of(role));
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
