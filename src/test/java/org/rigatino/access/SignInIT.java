package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;
import static org.rigatino.access.SigningIn.COOKIE;
import static org.rigatino.access.SigningIn.PASSWORD;
import static org.rigatino.access.SigningIn.add;
import static org.rigatino.access.SigningIn.addByCommand;
import static org.rigatino.access.SigningIn.command;
import static org.rigatino.access.SigningIn.signIn;
import static org.rigatino.access.SigningIn.trail;
import static org.rigatino.access.SigningIn.who;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.rigatino.Patience;

/** The built-in user store, from the command that adds a user to what the user may see. In no suite: its guesses shut its address out. */
@QuarkusTest
@QuarkusTestResource(value = SecuredParts.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignInIT {
    private static final int CROWD = PasswordChecks.AT_ONCE + PasswordChecks.MOST_WAITING + 10;

    @Inject
    DataSource database;

    @Inject
    PasswordChecks checks;

    @Test
    void aUserSignsInSeesWhatTheRoleMayAndSignsOut() throws Exception {
        addByCommand("anna", UserRole.RADIOLOGIST);
        Response signedIn = signIn("anna", PASSWORD);
        assertThat(signedIn.statusCode()).isEqualTo(200);
        Cookie session = signedIn.detailedCookie(COOKIE);
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(session.getSameSite()).isEqualToIgnoringCase("strict");
        assertThat(given().cookie(session).get("/api/session").jsonPath().getString("name"))
                .isEqualTo("anna");
        assertThat(given().cookie(session).get("/api/studies").statusCode()).isEqualTo(200);
        assertThat(given().cookie(session).get("/api/studies/1.2.3/audit").statusCode())
                .isEqualTo(403);
        assertThat(trail(database, "SIGN_IN", "anna")).containsExactly("by password");

        Response signedOut = given().cookie(session).delete("/api/session");
        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(signedOut.cookie(COOKIE)).isNullOrEmpty();
        assertThat(signedOut.headers().getValues("Set-Cookie")).anyMatch(value -> value.startsWith(COOKIE + "="));
    }

    @Test
    void aWrongPasswordIsRefusedAndAuditedAndFiveLockTheUser() throws Exception {
        add("bert", UserRole.COORDINATOR);
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("bert", "not the password").statusCode()).isEqualTo(401);
        }
        assertThat(signIn("bert", PASSWORD).statusCode()).as("locked").isEqualTo(401);
        assertThat(trail(database, "SIGN_IN_REFUSED", "bert"))
                .hasSize(6)
                .anyMatch(detail -> detail.contains("now locked"))
                .last()
                .asString()
                .contains("is locked");
        assertThat(command("enable", "bert")).isZero();
        assertThat(signIn("bert", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsTypedAsAnUnknownNameIsNotKept() throws Exception {
        assertThat(signIn("my secret password", "x").statusCode()).isEqualTo(401);
        assertThat(trail(database, "SIGN_IN_REFUSED", null))
                .anyMatch(detail -> detail.startsWith("unknown name"))
                .noneMatch(detail -> detail.contains("my secret"));
    }

    /** So that a question by actor finds them. */
    @Test
    void whoDidItIsInTheColumnsOfTheTrail() throws Exception {
        addByCommand("ida", UserRole.COORDINATOR);
        signIn("ida", PASSWORD);
        signIn("ida", "not the password");
        assertThat(who(database, "USER_ADDED", "ida"))
                .containsExactly("os:" + System.getProperty("user.name") + " from "
                        + InetAddress.getLocalHost().getHostName());
        assertThat(who(database, "SIGN_IN", "ida")).containsExactly("ida from 127.0.0.1");
        assertThat(who(database, "SIGN_IN_REFUSED", "ida")).containsExactly("ida from 127.0.0.1");
    }

    @Test
    void machinesAreAuditedOnceForManyRequestsAndUnknownTokensEachTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            given().auth()
                    .preemptive()
                    .oauth2(SecuredParts.token(UserRole.COORDINATOR))
                    .get("/api/studies");
            given().auth().preemptive().oauth2(SecuredParts.NO_TOKEN).get("/api/studies");
        }
        await().untilAsserted(() -> assertThat(trail(database, "SIGN_IN_REFUSED", null))
                .filteredOn(detail -> detail.startsWith("unknown or expired token"))
                .hasSize(3));
        assertThat(trail(database, "SIGN_IN", "coordinator-program")).hasSize(1);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void anAddressThatGuessesIsNotHeardForAWhile() throws Exception {
        add("hans", UserRole.AUDITOR);
        for (int i = 0; i < 40; i++) {
            add("guessed-" + i, UserRole.AUDITOR);
            assertThat(signIn("guessed-" + i, "guess").statusCode()).isEqualTo(401);
        }
        assertThat(signIn("hans", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(trail(database, "SIGN_IN_BLOCKED", null)).hasSize(1);
        assertThat(guesses()).as("no row for each guess").hasSizeBetween(1, 39);
    }

    /** Nothing was judged: neither the name nor the address is counted, and the answer is the same for names that are not there. */
    @Test
    void whoComesBeyondThoseThatWaitIsToldToComeAgain() throws Exception {
        add("ludwig", UserRole.AUDITOR);
        ExecutorService others = Executors.newFixedThreadPool(CROWD);
        AtomicBoolean enough = new AtomicBoolean();
        try {
            for (int i = 0; i < CROWD; i++) {
                others.submit(() -> crowd(enough));
            }
            for (String name : List.of("ludwig", "nobody-of-that-name")) {
                Response busy = await().until(() -> signIn(name, PASSWORD), answer -> answer.statusCode() == 503);
                assertThat(busy.header("Retry-After")).isEqualTo("5");
                assertThat(busy.cookie(COOKIE)).isNullOrEmpty();
                assertThat(busy.jsonPath().getInt("status")).isEqualTo(503);
                assertThat(busy.jsonPath().getString("detail")).contains("try again");
            }
        } finally {
            enough.set(true);
            others.shutdown();
            assertThat(others.awaitTermination(Patience.SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(signIn("ludwig", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(trail(database, "SIGN_IN_REFUSED", "ludwig")).isEmpty();
    }

    private void crowd(AtomicBoolean enough) {
        while (!enough.get()) {
            try {
                checks.oneOfFew(() -> checks.matches("a guess", null));
            } catch (IllegalStateException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private List<String> guesses() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select subject from audit_event"
                        + " where kind = 'SIGN_IN_REFUSED' and subject like 'guessed-%' order by id");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
