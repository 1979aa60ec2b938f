package org.rigatino.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Patience;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.refusal.Refused;

/** Anybody who reaches the page may send any number of passwords at once. */
@Slow
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SignInTest {
    private static final String PASSWORD = "Grünes Haus am See 7";
    private static final int ADDRESS_FAILURES = 30;

    private static DeliveryDatabase database;

    private final AtomicInteger compared = new AtomicInteger();
    private String before;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        AccessConfiguration configuration = Settings.of(AccessConfiguration.class);
        database.with(configuration);
        database.bean(AuditTrail.class);
        database.bean(SignInAccounts.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void anna() throws Exception {
        database.execute("delete from app_user; insert into app_user (name, roles, password_hash, created_at) values"
                + " ('anna', '{radiologist}', '" + Password.hash(PASSWORD, People.LEAST_COST) + "', now())");
        before = database.query("select coalesce(max(id), 0) from audit_event").get(0);
    }

    private SignIn signIn(PasswordChecks checks) throws Exception {
        database.with(checks);
        RefusedAddresses addresses = database.bean(RefusedAddresses.class);
        addresses.open();
        return database.bean(SignIn.class);
    }

    /** Each renewal of the cookie seals the same beginning. */
    @Test
    void aSessionEndsTwelveHoursAfterItBeganHoweverOftenItWasRenewed() throws Exception {
        SignIn signIn = signIn(new PasswordChecks());
        User anna = signIn.user("anna").orElseThrow();
        SessionPrincipal begun = SessionPrincipal.begun(anna);
        SessionPrincipal renewed = SessionPrincipal.parse(begun.getName()).orElseThrow();
        assertThat(renewed.getName()).isEqualTo(begun.getName());
        assertThat(signIn.resume(renewed)).isPresent();
        assertThat(signIn.resume(hoursAgo(anna, 11))).isPresent();
        assertThat(signIn.resume(hoursAgo(anna, 13))).isEmpty();
        assertThat(SessionPrincipal.parse("anna#" + anna.passwordDigest()))
                .as("of a version before, which did not say when it began")
                .isEmpty();
    }

    private static SessionPrincipal hoursAgo(User user, int hours) {
        return new SessionPrincipal(
                user.name(), user.passwordDigest(), Instant.now().minus(Duration.ofHours(hours)));
    }

    /** The real comparison, counted. */
    private final class Counted extends PasswordChecks {
        @Override
        boolean matches(String password, String hash) {
            boolean matches = super.matches(password, hash);
            compared.incrementAndGet();
            return matches;
        }
    }

    private List<String> trail(String kind) throws Exception {
        return database.query("select detail from audit_event where kind = '" + kind + "' and id > " + before);
    }

    private static <T> List<T> allAtOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> call : calls) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** "in", "refused", or the reason for which nothing was judged. */
    private static String answer(SignIn signIn, String name, String password, String address) {
        try {
            Optional<User> user = signIn.attempt(name, password, address);
            return user.isPresent() ? "in" : "refused";
        } catch (IllegalStateException e) {
            return ((Refused) e).refusal().reason().name();
        }
    }

    @Test
    void theRightPasswordIsInAndTheWrongOneIsNot() throws Exception {
        SignIn signIn = signIn(new PasswordChecks());
        assertThat(answer(signIn, "anna", PASSWORD, "192.0.2.1")).isEqualTo("in");
        assertThat(answer(signIn, "anna", "wrong", "192.0.2.1")).isEqualTo("refused");
        assertThat(answer(signIn, "nobody", "wrong", "192.0.2.1")).isEqualTo("refused");
        assertThat(answer(signIn, "an\0na", "wrong", "192.0.2.1"))
                .as("PostgreSQL has no such text")
                .isEqualTo("refused");
        assertThat(trail("SIGN_IN")).containsExactly("by password");
        assertThat(trail("SIGN_IN_REFUSED")).containsExactly("wrong password", "unknown name", "unknown name");
    }

    /** More attempts than the pool has connections are at the comparison, and others still get one. */
    @Test
    void whilePasswordsAreComparedNobodyHoldsAConnectionOrTheUsersRow() throws Exception {
        int attempts = 15;
        CyclicBarrier all = new CyclicBarrier(attempts, () -> {
            try {
                database.execute("begin; lock table app_user in access exclusive mode nowait; rollback");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        SignIn signIn = signIn(new PasswordChecks() {
            @Override
            <T> T oneOfFew(Supplier<T> judgement) {
                return judgement.get();
            }

            @Override
            boolean matches(String password, String hash) {
                try {
                    all.await(Patience.SECONDS, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return Password.matches(password, hash);
            }
        });
        List<String> answers = allAtOnce(IntStream.range(0, attempts)
                .<Callable<String>>mapToObj(i -> () -> answer(signIn, "anna", PASSWORD, "192.0.2." + i))
                .toList());
        assertThat(answers).hasSize(attempts).containsOnly("in");
    }

    @Test
    void ofManyGuessesAtOnceFromOneAddressNoMoreAreComparedThanMayBeWrong() throws Exception {
        SignIn signIn = signIn(new Counted());
        database.execute("insert into app_user (name, roles, password_hash, created_at) select 'guessed-' || i,"
                + " '{auditor}', '" + Password.hash(PASSWORD, People.LEAST_COST)
                + "', now() from generate_series(0, 99) i");
        List<String> answers = new ArrayList<>();
        for (int beyond = 0; beyond < 2; beyond += compared.get() < ADDRESS_FAILURES ? 0 : 1) {
            answers.addAll(allAtOnce(IntStream.range(0, 100)
                    .<Callable<String>>mapToObj(i -> () -> answer(signIn, "guessed-" + i, "x", "2001:db8::" + i))
                    .toList()));
        }
        assertThat(compared.get()).isEqualTo(ADDRESS_FAILURES);
        assertThat(answers).contains("BUSY", "refused").doesNotContain("in");
        assertThat(trail("SIGN_IN_REFUSED")).hasSize(ADDRESS_FAILURES);
        assertThat(trail("SIGN_IN_BLOCKED"))
                .containsExactly("2001:db8::/64 is not heard after too many refused attempts");
        assertThat(answer(signIn, "anna", PASSWORD, "2001:db8::ffff")).isEqualTo("refused");
        assertThat(answer(signIn, "anna", PASSWORD, "2001:db8:0:1::")).isEqualTo("in");
    }

    /** A ward behind one address signs in: nobody is told that a right password is wrong. */
    @Test
    void rightPasswordsFromOneAddressAtOnceAreInOrTryAgain() throws Exception {
        SignIn signIn = signIn(new PasswordChecks());
        List<String> answers = allAtOnce(IntStream.range(0, 60)
                .<Callable<String>>mapToObj(i -> () -> {
                    String answer = answer(signIn, "anna", PASSWORD, "192.0.2.1");
                    while (answer.equals("BUSY")) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                        answer = answer(signIn, "anna", PASSWORD, "192.0.2.1");
                    }
                    return answer;
                })
                .toList());
        assertThat(answers).hasSize(60).containsOnly("in");
    }

    /** Whoever is asked for, from however many addresses. */
    @Test
    void aFewAreComparedAtOnceAndWhoComesBeyondIsToldSoAtOnce() throws Exception {
        SignIn signIn = signIn(new PasswordChecks());
        List<String> names = IntStream.range(0, 80)
                .mapToObj(i -> i % 2 == 0 ? "anna" : "nobody-" + i)
                .toList();
        database.execute("update app_user set password_hash = '" + Password.hash(PASSWORD) + "'");
        List<String> answers = allAtOnce(IntStream.range(0, names.size())
                .<Callable<String>>mapToObj(i ->
                        () -> (i % 2 == 0 ? "known " : "unknown ") + answer(signIn, names.get(i), "x", "192.0.2." + i))
                .toList());
        assertThat(answers).contains("known BUSY", "unknown BUSY", "known refused", "unknown refused");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2::, 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80::/64",
        "an unknown address, an unknown address"
    })
    void ofIpv6TheNetworkIsCounted(String address, String counted) {
        assertThat(RefusedAddresses.counted(address)).isEqualTo(counted);
    }
}
