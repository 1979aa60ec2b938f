package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
import org.rigatino.audit.AuditChain;
import picocli.CommandLine;

/** The built-in user store, from the command that adds a user to what the user may see. */
@QuarkusTest
@QuarkusTestResource(value = SecuredParts.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignInIT {
    private static final String PASSWORD = "Grünes Haus am See 7";
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
    private static final int CROWD = PasswordChecks.AT_ONCE + PasswordChecks.MOST_WAITING + 10;
    private static final String COOKIE = "rigatino-session";

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
        assertThat(trail("SIGN_IN", "anna")).containsExactly("by password");

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
        assertThat(trail("SIGN_IN_REFUSED", "bert"))
                .hasSize(6)
                .anyMatch(detail -> detail.contains("now locked"))
                .last()
                .asString()
                .contains("is locked");
        assertThat(user("enable", "bert")).isZero();
        assertThat(signIn("bert", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsTypedAsAnUnknownNameIsNotKept() throws Exception {
        assertThat(signIn("my secret password", "x").statusCode()).isEqualTo(401);
        assertThat(trail("SIGN_IN_REFUSED", null))
                .anyMatch(detail -> detail.startsWith("unknown name"))
                .noneMatch(detail -> detail.contains("my secret"));
    }

    @Test
    void aDisabledUserIsOutAtOnce() throws Exception {
        add("carla", UserRole.AUDITOR);
        Cookie session = signIn("carla", PASSWORD).detailedCookie(COOKIE);
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(200);
        assertThat(user("disable", "carla")).isZero();
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(401);
        assertThat(signIn("carla", PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void otherRolesHoldForSessionsThatAreOpenAndARemovedUserIsOut() throws Exception {
        add("emil", UserRole.AUDITOR);
        Cookie session = signIn("emil", PASSWORD).detailedCookie(COOKIE);
        assertThat(given().cookie(session).get("/api/audit").statusCode()).isEqualTo(200);
        assertThat(user("roles", "emil", "--role", "coordinator", "--role", "radiologist"))
                .isZero();
        assertThat(given().cookie(session).get("/api/audit").statusCode()).isEqualTo(403);
        assertThat(given().cookie(session).get("/api/studies").statusCode()).isEqualTo(200);
        assertThat(trail("USER_ROLES_CHANGED", "emil"))
                .containsExactly("before: auditor; after: coordinator, radiologist");
        assertThat(user("roles", "emil", "--role", "king")).isEqualTo(1);
        assertThat(user("roles", "nobody-of-that-name", "--role", "auditor")).isEqualTo(1);

        assertThat(user("remove", "emil")).isZero();
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(401);
        assertThat(signIn("emil", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(trail("USER_REMOVED", "emil")).containsExactly("before: coordinator, radiologist; after: none");
        assertThat(user("remove", "emil")).isEqualTo(1);
    }

    @Test
    void anAdministratorLetsPeopleInAndOutAndTheirSessionsEndAtOnce() throws Exception {
        add("anton", UserRole.ADMINISTRATOR);
        Cookie administrator = signIn("anton", PASSWORD).detailedCookie(COOKIE);
        Response added = given().cookie(administrator)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"wanda\",\"roles\":[\"auditor\",\"radiologist\"],\"password\":\"" + PASSWORD + "\"}")
                .post("/api/users");
        assertThat(added.statusCode()).as(added.asString()).isEqualTo(200);
        assertThat(added.asString()).doesNotContain(PASSWORD, "$2a$", "igest");
        Cookie session = signIn("wanda", PASSWORD).detailedCookie(COOKIE);
        assertThat(given().cookie(session).get("/api/audit").statusCode()).isEqualTo(200);
        assertThat(given().cookie(session).get("/api/users").statusCode()).isEqualTo(403);
        assertThat(wanda(administrator).getString("lastSignInAt")).isNotNull();

        assertThat(changing(administrator)
                        .body("[\"radiologist\"]")
                        .put("/api/users/wanda/roles")
                        .statusCode())
                .isEqualTo(200);
        assertThat(given().cookie(session).get("/api/audit").statusCode()).isEqualTo(403);
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(200);

        assertThat(changing(administrator).post("/api/users/wanda/disable").statusCode())
                .isEqualTo(200);
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(401);
        assertThat(signIn("wanda", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(changing(administrator).post("/api/users/wanda/enable").statusCode())
                .isEqualTo(200);
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(200);

        assertThat(changing(administrator)
                        .body("{\"password\":\"another long password\"}")
                        .put("/api/users/wanda/password")
                        .statusCode())
                .isEqualTo(200);
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(401);
        Cookie later = signIn("wanda", "another long password").detailedCookie(COOKIE);
        assertThat(changing(administrator).delete("/api/users/wanda").statusCode())
                .isEqualTo(204);
        assertThat(given().cookie(later).get("/api/session").statusCode()).isEqualTo(401);
        assertThat(who("USER_REMOVED", "wanda")).containsExactly("anton from 127.0.0.1");
    }

    @Test
    void whatIsWrongWithAUserIsSaidWithoutWhatWasEntered() {
        add("arno", UserRole.ADMINISTRATOR);
        Cookie administrator = signIn("arno", PASSWORD).detailedCookie(COOKIE);
        for (String body : List.of(
                "{\"name\":\"secret in the wrong field\",\"roles\":[\"auditor\"],\"password\":\"" + PASSWORD + "\"}",
                "{\"name\":\"x\",\"roles\":[\"auditor\"],\"password\":\"secret\"}",
                "{\"name\":\"x\",\"roles\":[\"auditor\"],\"password\":[\"secret\"]}",
                "{\"name\":\"x\",\"roles\":[\"secret\"],\"password\":\"" + PASSWORD + "\"}",
                "{\"name\":\"x\",\"roles\":[null],\"password\":\"" + PASSWORD + "\"}",
                "{\"name\":\"x\",\"password\":\"" + PASSWORD + "\"}",
                "{\"name\":\"x\",\"roles\":[\"auditor\"],\"password\":\"secret")) {
            Response refused = given().cookie(administrator)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/users");
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.asString()).doesNotContain("secret", PASSWORD);
        }
        assertThat(given().cookie(administrator)
                        .delete("/api/users/arno?version="
                                + user(administrator, "arno").getLong("version"))
                        .statusCode())
                .as("themselves by a slip")
                .isEqualTo(400);
        assertThat(given().cookie(administrator)
                        .post("/api/users/arno/disable?version=1000000")
                        .statusCode())
                .isIn(400, 409);
    }

    /** With the version that is there now. */
    private static RequestSpecification changing(Cookie administrator) {
        return given().cookie(administrator)
                .contentType(ContentType.JSON)
                .queryParam("version", wanda(administrator).getLong("version"));
    }

    private static JsonPath wanda(Cookie administrator) {
        return user(administrator, "wanda");
    }

    private static JsonPath user(Cookie administrator, String name) {
        return given().cookie(administrator)
                .get("/api/users")
                .jsonPath()
                .setRootPath("users.find { it.name == '" + name + "' }");
    }

    @Test
    void aNewPasswordTakesThePlaceOfTheOldAndEndsItsSessions() throws Exception {
        add("dora", UserRole.ADMINISTRATOR);
        Cookie session = signIn("dora", PASSWORD).detailedCookie(COOKIE);
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(200);
        assertThat(withInput("another long password", "password", "dora", "--password-stdin"))
                .isZero();
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(401);
        assertThat(signIn("dora", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(signIn("dora", "another long password").statusCode()).isEqualTo(200);
    }

    @Test
    void theCommandRefusesInOneLineWhatCannotBe() {
        assertThat(withInput(PASSWORD, "add", "Emil", "--role", "auditor", "--password-stdin"))
                .isEqualTo(1);
        assertThat(withInput(PASSWORD, "add", "emil", "--role", "king", "--password-stdin"))
                .isEqualTo(1);
        assertThat(withInput("short", "add", "emil", "--role", "auditor", "--password-stdin"))
                .isEqualTo(1);
        assertThat(user("disable", "nobody-of-this-name")).isEqualTo(1);
    }

    /** So that a question by actor finds them. */
    @Test
    void whoDidItIsInTheColumnsOfTheTrail() throws Exception {
        addByCommand("ida", UserRole.COORDINATOR);
        signIn("ida", PASSWORD);
        signIn("ida", "not the password");
        assertThat(who("USER_ADDED", "ida"))
                .containsExactly("os:" + System.getProperty("user.name") + " from "
                        + InetAddress.getLocalHost().getHostName());
        assertThat(who("SIGN_IN", "ida")).containsExactly("ida from 127.0.0.1");
        assertThat(who("SIGN_IN_REFUSED", "ida")).containsExactly("ida from 127.0.0.1");
    }

    @Test
    void changesToUsersAreAuditedAndTheChainStaysWhole() throws Exception {
        addByCommand("frida", UserRole.AUDITOR);
        assertThat(trail("USER_ADDED", "frida")).containsExactly("with the roles auditor");
        try (Connection connection = database.getConnection()) {
            assertThat(AuditChain.verify(connection).intact()).isTrue();
        }
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
        await().untilAsserted(() -> assertThat(trail("SIGN_IN_REFUSED", null))
                .filteredOn(detail -> detail.startsWith("unknown or expired token"))
                .hasSize(3));
        assertThat(trail("SIGN_IN", "coordinator-program")).hasSize(1);
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
        assertThat(trail("SIGN_IN_BLOCKED", null)).hasSize(1);
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
                Response busy = await().atMost(Duration.ofMinutes(1))
                        .until(() -> signIn(name, PASSWORD), answer -> answer.statusCode() == 503);
                assertThat(busy.header("Retry-After")).isEqualTo("5");
                assertThat(busy.cookie(COOKIE)).isNullOrEmpty();
                assertThat(busy.jsonPath().getInt("status")).isEqualTo(503);
                assertThat(busy.jsonPath().getString("detail")).contains("try again");
            }
        } finally {
            enough.set(true);
            others.shutdown();
            assertThat(others.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(signIn("ludwig", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(trail("SIGN_IN_REFUSED", "ludwig")).isEmpty();
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

    private static Response signIn(String name, String password) {
        return given().contentType(FORM)
                .formParam("name", name)
                .formParam("password", password)
                .post("/sign-in");
    }

    private static void add(String name, String role) {
        People.add(name, role, PASSWORD);
    }

    private static void addByCommand(String name, String role) {
        assertThat(withInput(PASSWORD, "add", name, "--role", role, "--password-stdin"))
                .isZero();
    }

    private static int user(String... arguments) {
        return new CommandLine(new UserCommand()).execute(arguments);
    }

    private static int withInput(String line, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return user(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** Details of the events of a kind, oldest first. */
    private List<String> trail(String kind, String subject) throws SQLException {
        return events("detail", kind, subject);
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

    private List<String> who(String kind, String subject) throws SQLException {
        return events("actor || ' from ' || address", kind, subject);
    }

    private List<String> events(String what, String kind, String subject) throws SQLException {
        List<String> details = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select " + what + " from audit_event"
                        + " where kind = ? and subject is not distinct from ? order by id")) {
            query.setString(1, kind);
            query.setString(2, subject);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    details.add(rows.getString(1));
                }
            }
        }
        return details;
    }
}
