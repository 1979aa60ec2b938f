package org.rigatino.access;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.FileTrouble;
import org.rigatino.refusal.Refused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Users of a site without an identity provider. Every change is audited, in the same transaction. */
@Command(
        name = "user",
        description = "Adds, changes, lists and removes those who sign in by name and password.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class UserCommand implements Runnable {
    private static final String NO_SUCH_TABLE = "42P01";

    @Spec
    private CommandSpec command;

    /** Work on the user store, in a transaction. */
    private interface Work {
        void on(UserStore store, Connection connection) throws SQLException, UserException, IOException;
    }

    @Override
    public void run() {
        command.commandLine().usage(System.out);
    }

    @Command(name = "add", description = "Adds a user; the password is asked for.", mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "NAME", description = "Lower case letters, digits and . _ @ -") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "coordinator, radiologist, auditor or administrator; may be repeated.")
                    Set<String> roles,
            @Option(names = "--password-stdin", description = "Read the password from standard input.")
                    boolean standardInput) {
        return change((store, connection) -> {
            User.checkName(name);
            UserRole.checkOfPeople(roles);
            String hash = Password.hash(newPassword(standardInput));
            store.lockAll();
            if (!store.add(name, roles, hash, AuditSource.account())) {
                throw UserReason.THERE_ALREADY.conflict(name);
            }
            audit(connection, EventKind.USER_ADDED, name, "with the roles " + String.join(", ", new TreeSet<>(roles)));
        });
    }

    @Command(name = "password", description = "Gives a user a new password.", mixinStandardHelpOptions = true)
    int password(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--password-stdin", description = "Read the password from standard input.")
                    boolean standardInput) {
        return change((store, connection) -> {
            String hash = Password.hash(newPassword(standardInput));
            store.lockAll();
            require(store.setPassword(name, hash, AuditSource.account()), name);
            audit(connection, EventKind.USER_PASSWORD_CHANGED, name, "by command");
        });
    }

    @Command(
            name = "roles",
            description = "Gives a user other roles instead of those that they have, at once.",
            mixinStandardHelpOptions = true)
    int roles(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "coordinator, radiologist, auditor or administrator; may be repeated.")
                    Set<String> roles) {
        return change((store, connection) -> {
            UserRole.checkOfPeople(roles);
            store.lockAll();
            User before = found(store, name);
            store.setRoles(name, roles, AuditSource.account());
            audit(
                    connection,
                    EventKind.USER_ROLES_CHANGED,
                    name,
                    "before: " + named(before.roles()) + "; after: " + named(roles));
            tellWhereNobodyAdministers(store);
        });
    }

    @Command(
            name = "remove",
            description =
                    "Takes a user out at once. What they did stays in the trail under their name; who may come back"
                            + " is better disabled.",
            mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "NAME") String name) {
        return change((store, connection) -> {
            store.lockAll();
            User before = found(store, name);
            if (store.all().size() == 1) {
                throw UserReason.ONLY.conflict(name);
            }
            store.remove(name);
            audit(
                    connection,
                    EventKind.USER_REMOVED,
                    name,
                    "before: " + named(before.roles()) + (before.isDisabled() ? ", disabled" : "") + "; after: none");
            tellWhereNobodyAdministers(store);
        });
    }

    /** Page and REST refuse it. Whoever is at the machine has the way out too, and may mean it. */
    private void tellWhereNobodyAdministers(UserStore store) throws SQLException {
        if (store.all().stream().noneMatch(User::isAdministrator)) {
            command.commandLine()
                    .getErr()
                    .println(
                            "rigatino user: done, and no administrator who may sign in is left: ./rigatino user add, enable"
                                    + " or roles gives one");
        }
    }

    private static User found(UserStore store, String name) throws SQLException {
        return store.find(name).orElseThrow(() -> UserReason.NOT_THERE.unknown(name));
    }

    private static String named(Set<String> roles) {
        return String.join(", ", new TreeSet<>(roles));
    }

    @Command(name = "disable", description = "Ends a user's access at once.", mixinStandardHelpOptions = true)
    int disable(@Parameters(paramLabel = "NAME") String name) {
        return change((store, connection) -> {
            store.lockAll();
            require(store.disable(name, AuditSource.account()), name);
            audit(connection, EventKind.USER_DISABLED, name, "by command");
            tellWhereNobodyAdministers(store);
        });
    }

    @Command(
            name = "enable",
            description = "Gives access back, also to a locked user.",
            mixinStandardHelpOptions = true)
    int enable(@Parameters(paramLabel = "NAME") String name) {
        return change((store, connection) -> {
            store.lockAll();
            require(store.enable(name, AuditSource.account()), name);
            audit(connection, EventKind.USER_ENABLED, name, "by command");
        });
    }

    @Command(name = "list", description = "Lists the users.", mixinStandardHelpOptions = true)
    int list() {
        return change((store, connection) -> {
            for (User user : store.all()) {
                String state = user.isDisabled() ? "disabled" : user.isLocked(Instant.now()) ? "locked" : "active";
                command.commandLine()
                        .getOut()
                        .println(user.name() + "  " + state + "  " + String.join(",", new TreeSet<>(user.roles())));
            }
        });
    }

    /** Exit 0 where it was done, 1 where it cannot be done, 2 where the database cannot be reached. */
    private int change(Work work) {
        try (DatabaseConnection database = DatabaseConnection.open(null, DatabaseRole.OWNER)) {
            Connection connection = database.connection();
            connection.setAutoCommit(false);
            work.on(new UserStore(connection), connection);
            connection.commit();
            return 0;
        } catch (UserException e) {
            return failed(1, e.getMessage());
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
            if (e instanceof Refused) {
                return failed(1, e.getMessage());
            }
            throw e;
        } catch (SQLException e) {
            return failed(
                    2,
                    NO_SUCH_TABLE.equals(e.getSQLState())
                            ? "the database has no tables yet: start ./rigatino serve once"
                            : "the database cannot be used: " + e.getMessage());
        } catch (IOException e) {
            return failed(2, FileTrouble.tell(e));
        }
    }

    private int failed(int exit, String message) {
        command.commandLine().getErr().println("rigatino user: " + message);
        return exit;
    }

    private static void require(boolean found, String name) {
        if (!found) {
            throw UserReason.NOT_THERE.unknown(name);
        }
    }

    private static void audit(Connection connection, EventKind kind, String name, String detail) throws SQLException {
        AuditChain.append(
                connection,
                List.of(new AuditTrail.Event(kind, null, name, detail)
                        .by(AuditSource.account())
                        .from(AuditSource.host())));
    }

    /** Never from the command line, where every process of the machine could read it. */
    private static String newPassword(boolean standardInput) throws IOException, UserException {
        String password = standardInput ? firstLine() : typedTwice();
        Password.check(password);
        return password;
    }

    private static String firstLine() throws IOException, UserException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new UserException("standard input is empty");
        }
        return line;
    }

    private static String typedTwice() throws UserException {
        Console console = System.console();
        if (console == null) {
            throw new UserException("there is no terminal to ask for the password: use --password-stdin");
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Again: ");
        if (first == null || second == null || !new String(first).equals(new String(second))) {
            throw new UserException("the two differ");
        }
        return new String(first);
    }
}
