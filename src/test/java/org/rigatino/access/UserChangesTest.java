package org.rigatino.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import com.arjuna.ats.jta.TransactionManager;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.TestDatabase;
import org.rigatino.refusal.Reason;
import org.rigatino.refusal.Refused;

/** What administrators do about users, on a real PostgreSQL, as the application's role. */
@Slow
class UserChangesTest {
    private static final String PASSWORD = "Grünes Haus am See 7";
    private static final Actor ADAM = new Actor("adam", "192.0.2.9");
    private static final Actor EVA = new Actor("eva", "192.0.2.10");
    private static final Set<String> ADMINISTRATOR = Set.of(UserRole.ADMINISTRATOR);
    private static final Set<String> AUDITOR = Set.of(UserRole.AUDITOR);

    private static DeliveryDatabase database;

    private static UserPasswords passwords;

    private UserChanges changes;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.bean(AuditTrail.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void twoPeople() throws Exception {
        database.execute("delete from app_user");
        changes = process(true);
        put("adam", "administrator");
        put("berta", "auditor");
    }

    private static UserChanges process(boolean identityProvider) throws Exception {
        return process(identityProvider, new PasswordHashes(People.LEAST_COST));
    }

    private static UserChanges process(boolean identityProvider, PasswordHashes hashes) throws Exception {
        Machines machines = new Machines();
        machines.configuration = Settings.of(AccessConfiguration.class);
        AccessRules rules = new AccessRules();
        rules.machines = machines;
        rules.identityProvider = identityProvider;
        database.with(rules, hashes);
        UserChanges changes = database.bean(UserChanges.class);
        passwords = database.bean(UserPasswords.class);
        return changes;
    }

    private static void put(String name, String role) throws Exception {
        database.execute("insert into app_user (name, roles, password_hash, created_at) values ('" + name + "', '{"
                + role + "}', 'x', now())");
    }

    @Test
    void whoIsAddedIsThereWithAHashOfThePasswordAndTheTrailTellsWhatIsNoSecret() throws Exception {
        process(true, new PasswordHashes());
        UserView carl = passwords.add(new NewUser("carl", Set.of("auditor", "radiologist"), PASSWORD), ADAM);
        assertThat(carl.roles()).containsExactly("auditor", "radiologist");
        assertThat(carl.state()).isEqualTo(UserView.State.ACTIVE);
        assertThat(carl.changedBy()).isEqualTo("adam");
        assertThat(carl.lastSignInAt()).isNull();
        String hash = database.query("select password_hash from app_user where name = 'carl'")
                .get(0);
        assertThat(hash).startsWith("$2a$12$");
        assertThat(Password.matches(PASSWORD, hash)).isTrue();
        assertThat(last("carl"))
                .isEqualTo("USER_ADDED by adam from 192.0.2.9 before: none; after: auditor, radiologist");
        assertThat(refused(() -> passwords.add(new NewUser("carl", AUDITOR, PASSWORD), ADAM)))
                .isEqualTo(UserReason.THERE_ALREADY);

        passwords.set("carl", carl.version(), "another long password", ADAM);
        String other = database.query("select password_hash from app_user where name = 'carl'")
                .get(0);
        assertThat(Password.matches("another long password", other)).isTrue();
        assertThat(last("carl"))
                .isEqualTo(
                        "USER_PASSWORD_CHANGED by adam from 192.0.2.9 before: an earlier password; after: a new one");
        assertThat(database.query("select detail from audit_event"))
                .noneMatch(detail -> detail.contains("Haus") || detail.contains("another long"))
                .noneMatch(detail -> detail.contains("$2a$"));
        assertThat(new NewUser("carl", AUDITOR, PASSWORD).toString()).doesNotContain(PASSWORD);
        assertThat(new NewPassword(PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("Carl", AUDITOR, PASSWORD, UserReason.NO_NAME),
                Arguments.of(null, AUDITOR, PASSWORD, UserReason.NO_NAME),
                Arguments.of("carl\u0000", AUDITOR, PASSWORD, UserReason.NO_NAME),
                Arguments.of("c".repeat(65), AUDITOR, PASSWORD, UserReason.NO_NAME),
                Arguments.of("carl\n", AUDITOR, PASSWORD, UserReason.NO_NAME),
                Arguments.of("carl", Set.of(), PASSWORD, UserReason.NO_ROLE),
                Arguments.of("carl", null, PASSWORD, UserReason.NO_ROLE),
                Arguments.of("carl", Set.of("auditor", "modality"), PASSWORD, UserReason.NO_ROLE),
                Arguments.of("carl", AUDITOR, null, UserReason.NO_PASSWORD),
                Arguments.of("carl", AUDITOR, "elevenchars", UserReason.TOO_SHORT),
                Arguments.of("carl", AUDITOR, "üäöéß".repeat(8), UserReason.TOO_LONG),
                Arguments.of("carl", AUDITOR, "üü".repeat(7), UserReason.TOO_PLAIN));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatTheCommandRefusesIsRefusedAndNotQuoted(
            String name, Set<String> roles, String password, UserReason reason) {
        assertThat(refused(() -> passwords.add(new NewUser(name, roles, password), ADAM)))
                .isEqualTo(reason);
        assertThatThrownBy(() -> passwords.add(new NewUser(name, roles, password), ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("Carl", "elevenchars", "modality", "üü", "\u0000");
    }

    /** All users are locked in it, and a processor is busy for a fraction of a second. */
    @Test
    void aPasswordIsHashedBeforeTheTransactionBegins() throws Exception {
        List<Integer> during = new ArrayList<>();
        process(true, new PasswordHashes(People.LEAST_COST) {
            @Override
            String of(String password) {
                try {
                    during.add(TransactionManager.transactionManager().getStatus());
                } catch (SystemException e) {
                    throw new IllegalStateException(e);
                }
                return super.of(password);
            }
        });
        UserView carl = passwords.add(new NewUser("carl", AUDITOR, PASSWORD), ADAM);
        passwords.set("carl", carl.version(), "another long password", ADAM);
        assertThat(during).containsExactly(Status.STATUS_NO_TRANSACTION, Status.STATUS_NO_TRANSACTION);
    }

    @Test
    void rolesAreChangedAndWhoSawAnEarlierStateIsRefused() throws Exception {
        UserView seen = changes.find("berta").orElseThrow();
        UserView after = changes.setRoles("berta", seen.version(), ADMINISTRATOR, false, ADAM);
        assertThat(after.roles()).containsExactly("administrator");
        assertThat(last("berta"))
                .isEqualTo("USER_ROLES_CHANGED by adam from 192.0.2.9 before: auditor; after: administrator");
        for (Runnable late : List.<Runnable>of(
                () -> changes.setRoles("berta", seen.version(), AUDITOR, false, EVA),
                () -> passwords.set("berta", seen.version(), PASSWORD, EVA),
                () -> changes.disable("berta", seen.version(), false, EVA),
                () -> changes.enable("berta", seen.version(), EVA),
                () -> changes.remove("berta", seen.version(), false, EVA))) {
            assertThat(refused(late)).isEqualTo(UserReason.QUICKER);
        }
        assertThat(changes.find("berta")).contains(after);

        changes.remove("berta", after.version(), false, ADAM);
        UserView another = passwords.add(new NewUser("berta", ADMINISTRATOR, PASSWORD), ADAM);
        assertThat(refused(() -> changes.remove("berta", after.version(), false, EVA)))
                .as("a user of the same name, added since")
                .isEqualTo(UserReason.QUICKER);
        assertThat(another.version()).isGreaterThan(after.version());
    }

    @Test
    void whoIsDisabledIsEnabledAgainAndWhoIsRemovedIsGone() throws Exception {
        database.execute("update app_user set locked_until = now() + interval '1 hour' where name = 'berta'");
        UserView locked = changes.find("berta").orElseThrow();
        assertThat(locked.state()).isEqualTo(UserView.State.LOCKED);
        UserView disabled = changes.disable("berta", locked.version(), false, ADAM);
        assertThat(disabled.state()).isEqualTo(UserView.State.DISABLED);
        assertThat(last("berta")).isEqualTo("USER_DISABLED by adam from 192.0.2.9 before: locked; after: disabled");
        UserView enabled = changes.enable("berta", disabled.version(), ADAM);
        assertThat(enabled.state()).isEqualTo(UserView.State.ACTIVE);
        assertThat(last("berta")).isEqualTo("USER_ENABLED by adam from 192.0.2.9 before: disabled; after: may sign in");
        changes.remove("berta", enabled.version(), false, ADAM);
        assertThat(changes.find("berta")).isEmpty();
        assertThat(last("berta"))
                .isEqualTo("USER_REMOVED by adam from 192.0.2.9 before: auditor, may sign in; after: none");
    }

    @Test
    void theLastAdministratorWhoMaySignInStays() throws Exception {
        put("eva", "administrator");
        UserView eva = changes.find("eva").orElseThrow();
        changes.disable("eva", eva.version(), false, ADAM);
        long version = changes.find("adam").orElseThrow().version();
        for (Runnable last : List.<Runnable>of(
                () -> changes.disable("adam", version, false, EVA),
                () -> changes.remove("adam", version, true, EVA),
                () -> changes.setRoles("adam", version, AUDITOR, true, ADAM))) {
            assertThat(refused(last)).isEqualTo(UserReason.LAST);
        }
        changes.enable("eva", changes.find("eva").orElseThrow().version(), ADAM);
        changes.disable("adam", version, false, EVA);
        assertThat(refused(() ->
                        changes.remove("eva", changes.find("eva").orElseThrow().version(), true, EVA)))
                .isEqualTo(UserReason.LAST);
    }

    @Test
    void nobodyLosesTheirOwnAccessByASlip() throws Exception {
        put("eva", "administrator");
        long version = changes.find("adam").orElseThrow().version();
        for (Runnable slip : List.<Runnable>of(
                () -> changes.disable("adam", version, false, ADAM),
                () -> changes.remove("adam", version, false, ADAM),
                () -> changes.setRoles("adam", version, AUDITOR, false, ADAM))) {
            assertThat(refused(slip)).isEqualTo(UserReason.OWN);
        }
        long kept = changes.setRoles("adam", version, Set.of("administrator", "auditor"), false, ADAM)
                .version();
        changes.remove("adam", kept, true, ADAM);
        assertThat(changes.find("adam")).isEmpty();
    }

    /** Of two who disable each other at the same time one is too late. */
    @RepeatedTest(5)
    void twoAdministratorsDoNotLockEverybodyOutTogether() throws Exception {
        put("eva", "administrator");
        long adam = changes.find("adam").orElseThrow().version();
        long eva = changes.find("eva").orElseThrow().version();
        CyclicBarrier together = new CyclicBarrier(2);
        CompletableFuture<Boolean> one = at(together, () -> changes.disable("eva", eva, false, ADAM));
        CompletableFuture<Boolean> other = at(together, () -> changes.remove("adam", adam, false, EVA));
        assertThat(List.of(one.join(), other.join())).containsExactlyInAnyOrder(true, false);
        assertThat(database.query("select count(*) from app_user where 'administrator' = any (roles)"
                        + " and disabled_at is null"))
                .containsExactly("1");
    }

    private static CompletableFuture<Boolean> at(CyclicBarrier together, Runnable act) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                together.await(Patience.SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
            try {
                act.run();
                return true;
            } catch (IllegalStateException e) {
                assertThat(((Refused) e).refusal().reason()).isEqualTo(UserReason.LAST);
                return false;
            }
        });
    }

    /** Who signs in holds their row, and changes it before they let it go: an act that holds the table would be in the way. */
    @Test
    void anActWaitsForWhoSignsInAndTheyDoNotWaitForIt() throws Exception {
        long version = changes.find("berta").orElseThrow().version();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            UserStore signingIn = new UserStore(connection);
            signingIn.lock("berta");
            CompletableFuture<UserView> act =
                    CompletableFuture.supplyAsync(() -> changes.disable("berta", version, false, ADAM));
            await().until(() -> !database.query("select pid from pg_locks where not granted")
                    .isEmpty());
            signingIn.signedIn("berta");
            connection.commit();
            assertThat(act.get(Patience.SECONDS, TimeUnit.SECONDS).lastSignInAt())
                    .isNotNull();
        }
    }

    @Test
    void theFirstUserOfAnOpenInstallationIsAnAdministratorAndWhoCameBeforeDoesNothingMore() throws Exception {
        database.execute("delete from app_user");
        UserChanges open = process(false);
        Actor anybody = new Actor("loopback", "127.0.0.1");
        assertThat(open.view().open()).isTrue();
        assertThat(refused(() -> passwords.add(new NewUser("anna", AUDITOR, PASSWORD), anybody)))
                .isEqualTo(UserReason.FIRST);
        passwords.add(new NewUser("anna", ADMINISTRATOR, PASSWORD), anybody);
        assertThat(last("anna"))
                .isEqualTo("USER_ADDED by loopback from 127.0.0.1 before: none; after: administrator, the first user");
        assertThat(refused(() -> passwords.add(new NewUser("eve", ADMINISTRATOR, PASSWORD), anybody)))
                .isEqualTo(UserReason.CLOSED);
        assertThat(open.view().open()).isFalse();
    }

    @Test
    void whereAnIdentityProviderIsTheFirstUserMayBeAnybodyAndTheOnlyOneStays() throws Exception {
        database.execute("delete from app_user");
        UserView dora = passwords.add(new NewUser("dora", AUDITOR, PASSWORD), ADAM);
        assertThat(changes.view().identityProvider()).isTrue();
        assertThat(refused(() -> changes.remove("dora", dora.version(), false, ADAM)))
                .isEqualTo(UserReason.ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "No Name", "a\u0000"})
    void whoIsNotThereIsNotChanged(String name) {
        assertThat(changes.find(name)).isEmpty();
        assertThatThrownBy(() -> changes.disable(name, 1, false, ADAM)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> passwords.set(name, 1, PASSWORD, ADAM)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void usersOfSchema56HaveVersionsAndTheirOwnSignInsAlone() throws Exception {
        TestDatabase earlier = TestDatabase.ofSchema("56");
        try (Connection owner = earlier.connect(DatabaseRole.OWNER)) {
            owner.createStatement()
                    .execute("insert into app_user (name, roles, password_hash, created_at) values"
                            + " ('adam', '{administrator}', 'x', now() - interval '1 day'),"
                            + " ('berta', '{auditor}', 'x', now() + interval '1 day'),"
                            + " ('carl', '{auditor}', 'x', now() - interval '1 day')");
            owner.setAutoCommit(false);
            AuditChain.append(
                    owner,
                    List.of(
                            new AuditTrail.Event(EventKind.SIGN_IN, null, "adam", "by password").by("adam"),
                            new AuditTrail.Event(EventKind.SIGN_IN, null, "berta", "by password").by("berta"),
                            new AuditTrail.Event(EventKind.SIGN_IN, null, "carl", "by a machine's token").by("carl")));
            owner.commit();
        }
        try (DeliveryDatabase upgraded = new DeliveryDatabase(earlier.migrate())) {
            assertThat(upgraded.query("select name from app_user where last_sign_in_at is not null"))
                    .containsExactly("adam");
            assertThat(upgraded.query("select distinct version from app_user")).hasSize(3);
        }
    }

    private static Reason refused(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            return ((Refused) e).refusal().reason();
        }
        return null;
    }

    /** The last event of a user. */
    private static String last(String name) throws Exception {
        return database.query("select kind || ' by ' || actor || ' from ' || address || ' ' || detail from audit_event"
                        + " where subject = '" + name + "' order by id desc limit 1")
                .get(0);
    }
}
