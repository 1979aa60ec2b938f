package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import picocli.CommandLine;

/** A process on loopback before anyone was given access. */
@QuarkusTest
@QuarkusTestResource(value = OpenAccessIT.Parts.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenAccessIT {
    private static final String PASSWORD = "a long enough password";

    /** {@link SecuredParts} without machines. */
    public static final class Parts extends SecuredParts {
        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new TreeMap<>(super.start());
            settings.keySet().removeIf(name -> name.startsWith("rigatino.access"));
            return settings;
        }
    }

    @Test
    @Order(1)
    void thisMachineMayDoEverything() {
        assertThat(given().get("/api/studies").statusCode()).isEqualTo(200);
        assertThat(given().get("/api/audit").statusCode()).isEqualTo(200);
        assertThat(given().get("/q/metrics").statusCode()).isEqualTo(200);
        assertThat(given().get("/worklist").asString())
                .contains("Open to all at this machine")
                .doesNotContain("/sign-out", "Name, ID or accession number");
        // Nobody signs in, so nobody is shown whose studies are, nor finds out by asking.
        for (String question : List.of("search=doe", "name=doe", "patientId=4711", "accession=A1", "from=2026-06-29")) {
            for (String list :
                    List.of("/api/worklist", "/api/worklist/arriving", "/api/worklist/refused", "/worklist")) {
                assertThat(given().get(list + "?" + question).statusCode())
                        .as(list + "?" + question)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    @Order(2)
    void aNameThatAnotherSitePointedHereIsNotAnswered() {
        assertThat(given().header("Host", "evil.example").get("/api/studies").statusCode())
                .isEqualTo(421);
        assertThat(given().header("Sec-Fetch-Site", "cross-site")
                        .delete("/api/session")
                        .statusCode())
                .isEqualTo(403);
    }

    /** By the page, whose next answer is the form to sign in; the command writes the same row. */
    @Test
    @Order(3)
    void theFirstUserClosesItAtOnce() {
        assertThat(given().get("/administration/users").asString())
                .contains("So far nobody signs in here")
                .contains("autocomplete=\"new-password\"");
        assertThat(adding("carla", "coordinator").statusCode()).isEqualTo(409);
        assertThat(adding("carla", "coordinator").asString())
                .contains("the first user needs the role administrator")
                .doesNotContain(PASSWORD);
        assertThat(given().header("Sec-Fetch-Site", "cross-site")
                        .contentType(ContentType.URLENC)
                        .formParam("name", "eve")
                        .post("/administration/users")
                        .statusCode())
                .isEqualTo(403);
        assertThat(given().get("/api/users").jsonPath().getBoolean("open")).isTrue();

        Response added = adding("anna", "administrator");
        assertThat(added.statusCode()).isEqualTo(303);
        assertThat(given().redirects()
                        .follow(false)
                        .accept(ContentType.HTML)
                        .get(added.header("Location"))
                        .header("Location"))
                .endsWith("/sign-in?to=%2Fadministration%2Fusers");
        assertThat(adding("eve", "administrator").statusCode()).isEqualTo(401);
        assertThat(given().get("/api/studies").statusCode()).isEqualTo(401);
        assertThat(given().get("/q/metrics").statusCode()).isEqualTo(401);
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(given().contentType(ContentType.URLENC)
                        .formParam("name", "anna")
                        .formParam("password", PASSWORD)
                        .post("/sign-in")
                        .statusCode())
                .isEqualTo(200);
        assertThat(new CommandLine(new UserCommand()).execute("remove", "anna"))
                .as("the only user, without whom it would be open again")
                .isEqualTo(1);
        assertThat(given().get("/api/studies").statusCode()).isEqualTo(401);
        StringWriter printed = new StringWriter();
        CommandLine command = new CommandLine(new UserCommand()).setErr(new PrintWriter(printed, true));
        assertThat(command.execute("disable", "anna")).isZero();
        assertThat(printed.toString()).contains("done, and no administrator who may sign in is left");
        assertThat(command.execute("enable", "anna")).isZero();
    }

    private static Response adding(String name, String role) {
        return given().redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("name", name)
                .formParam("role", role)
                .formParam("password", PASSWORD)
                .formParam("again", PASSWORD)
                .post("/administration/users");
    }
}
