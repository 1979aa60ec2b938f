package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Privileges;
import org.rigatino.Rigatino;
import org.rigatino.Slow;

/** Commands on one embedded database at a time when nothing serves. */
@Slow
class SharedServerTest {
    @TempDir
    Path data;

    @BeforeEach
    void make() throws Exception {
        MigratedCluster.copyTo(data.resolve("postgres"));
        System.setProperty("rigatino.embedded.data", data.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("rigatino.embedded.data");
    }

    /** A backup goes on for hours, and an export that was there first ends meanwhile. */
    @Test
    void theCommandThatStartedTheServerWaitsForTheOthers() throws Exception {
        DatabaseConnection first = DatabaseConnection.open(null, DatabaseRole.OWNER);
        CompletableFuture<Void> closing;
        try (DatabaseConnection second = DatabaseConnection.open(null, DatabaseRole.AUDITOR)) {
            closing = CompletableFuture.runAsync(() -> close(first));
            await().untilAsserted(() -> assertThatThrownBy(() -> connect(second.address()))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isIn("57P03", "08001")));
            assertThat(second.connection()
                            .createStatement()
                            .executeQuery("select count(*) from audit_event")
                            .next())
                    .isTrue();
            assertThat(closing).isNotDone();
        }
        closing.get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(Files.exists(data.resolve("postgres/PG_VERSION"))).isTrue();
    }

    @Test
    void aDatabaseThatMayNotBeReadIsNotTakenForAbsent() throws Exception {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("---------"));
        try {
            for (String command : List.of("user list", "audit verify", "backup " + data + "-backup")) {
                assertThat(Privileges.without(
                                "dac_override,-dac_read_search",
                                SharedServerTest.class,
                                List.of((data + " " + command).split(" "))))
                        .startsWith("rigatino " + command.split(" ")[0])
                        .contains(data + "/postgres", "this account", "may not read")
                        .doesNotContain("holds none");
            }
        } finally {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        }
    }

    public static void main(String[] arguments) {
        System.setProperty("rigatino.embedded.data", arguments[0]);
        Rigatino.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void connect(DatabaseConnection.Address address) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            connection.isValid(1);
        }
    }

    private static void close(DatabaseConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
