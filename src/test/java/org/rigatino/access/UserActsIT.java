package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.access.SigningIn.COOKIE;
import static org.rigatino.access.SigningIn.PASSWORD;
import static org.rigatino.access.SigningIn.add;
import static org.rigatino.access.SigningIn.addByCommand;
import static org.rigatino.access.SigningIn.command;
import static org.rigatino.access.SigningIn.signIn;
import static org.rigatino.access.SigningIn.trail;
import static org.rigatino.access.SigningIn.who;
import static org.rigatino.access.SigningIn.withInput;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.rigatino.audit.AuditChain;

/** What an administrator, or the command of users, does to a user, in force at once for sessions that are open. */
@QuarkusTest
@QuarkusTestResource(value = SecuredParts.class, restrictToAnnotatedClass = true)
class UserActsIT {
    @Inject
    DataSource database;

    @Test
    void aDisabledUserIsOutAtOnce() throws Exception {
        add("carla", UserRole.AUDITOR);
        Cookie session = signIn("carla", PASSWORD).detailedCookie(COOKIE);
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(200);
        assertThat(command("disable", "carla")).isZero();
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(401);
        assertThat(signIn("carla", PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void otherRolesHoldForSessionsThatAreOpenAndARemovedUserIsOut() throws Exception {
        add("emil", UserRole.AUDITOR);
        Cookie session = signIn("emil", PASSWORD).detailedCookie(COOKIE);
        assertThat(given().cookie(session).get("/api/audit").statusCode()).isEqualTo(200);
        assertThat(command("roles", "emil", "--role", "coordinator", "--role", "radiologist"))
                .isZero();
        assertThat(given().cookie(session).get("/api/audit").statusCode()).isEqualTo(403);
        assertThat(given().cookie(session).get("/api/studies").statusCode()).isEqualTo(200);
        assertThat(trail(database, "USER_ROLES_CHANGED", "emil"))
                .containsExactly("before: auditor; after: coordinator, radiologist");
        assertThat(command("roles", "emil", "--role", "king")).isEqualTo(1);
        assertThat(command("roles", "nobody-of-that-name", "--role", "auditor")).isEqualTo(1);

        assertThat(command("remove", "emil")).isZero();
        assertThat(given().cookie(session).get("/api/session").statusCode()).isEqualTo(401);
        assertThat(signIn("emil", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(trail(database, "USER_REMOVED", "emil"))
                .containsExactly("before: coordinator, radiologist; after: none");
        assertThat(command("remove", "emil")).isEqualTo(1);
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
        assertThat(who(database, "USER_REMOVED", "wanda")).containsExactly("anton from 127.0.0.1");
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
        assertThat(command("disable", "nobody-of-this-name")).isEqualTo(1);
    }

    @Test
    void changesToUsersAreAuditedAndTheChainStaysWhole() throws Exception {
        addByCommand("frida", UserRole.AUDITOR);
        assertThat(trail(database, "USER_ADDED", "frida")).containsExactly("with the roles auditor");
        try (Connection connection = database.getConnection()) {
            assertThat(AuditChain.verify(connection).intact()).isTrue();
        }
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
}
