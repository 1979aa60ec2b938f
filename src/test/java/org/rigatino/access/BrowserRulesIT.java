package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told with each answer, and what it cannot be made to send or to show by another site. */
@QuarkusTest
@WithTestResource(SecuredParts.class)
class BrowserRulesIT {
    private static final String PASSWORD = "Grünes Haus am See 7";
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    @Test
    void aPostThatAnotherSiteMadeTheBrowserSendIsRefused() throws Exception {
        People.add("gerd", UserRole.AUDITOR, PASSWORD);
        for (String[] header : List.of(
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "null"},
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "same-site"})) {
            assertThat(given().contentType(FORM)
                            .header(header[0], header[1])
                            .formParam("name", "gerd")
                            .formParam("password", PASSWORD)
                            .post("/sign-in")
                            .statusCode())
                    .as(header[0] + ": " + header[1])
                    .isEqualTo(403);
        }
        assertThat(given().contentType(FORM)
                        .header("Sec-Fetch-Site", "same-origin")
                        .formParam("name", "gerd")
                        .formParam("password", PASSWORD)
                        .post("/sign-in")
                        .statusCode())
                .isEqualTo(200);
    }

    /** The session may have ended while somebody wrote. */
    @Test
    void anActWithoutASessionLeadsBackToItsPageAndSaysThatItWasNotDone() {
        String begun = "http://localhost:" + RestAssured.port + "/worklist?show=OPEN&told=1.2&Came=TAKEN&search=a%26b";
        Response refused = act(begun);
        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(refused.header("Location"))
                .endsWith("/sign-in?to=%2Fworklist%3Fshow%3DOPEN%26search%3Da%2526b%26undone%3Dtrue");
        assertThat(act("http://localhost//evil.example/worklist").header("Location"))
                .endsWith("/sign-in?to=%2F");
        assertThat(act("::").header("Location")).endsWith("/sign-in?to=%2F");
        assertThat(given().accept("text/html").get("/sign-in?undone=true").asString())
                .contains("was not done");
        assertThat(given().redirects()
                        .follow(false)
                        .accept("text/html")
                        .get("/worklist?told=1.2&came=TAKEN&show=OPEN")
                        .header("Location"))
                .endsWith("/sign-in?to=%2Fworklist%3Fshow%3DOPEN");
    }

    private static Response act(String referer) {
        return given().redirects()
                .follow(false)
                .accept("text/html")
                .header("Referer", referer)
                .contentType(FORM)
                .formParam("version", 1)
                .post("/worklist/1.2.3/assign");
    }

    /** What an act came to is told to whom the act sends back, and not to whom another's link leads there. */
    @ParameterizedTest
    @CsvSource({
        "/sign-in?changed=true,/sign-in",
        "/sign-in?changed=true&language=de,/sign-in?language=de",
        "/sign-in?language=de&%63hanged=true&changed=true,/sign-in?language=de",
        "/sign-in?Changed=true,/sign-in",
        "/sign-in?x=1;changed=true,/sign-in?x=1"
    })
    void anOutcomeThatNoActToldIsNotShown(String address, String plain) {
        Response led = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Sec-Fetch-Site", "cross-site")
                .get(address);
        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(led.header("Location")).endsWith(plain);
        Response told = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Sec-Fetch-Site", "same-origin")
                .get(address);
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.asString()).contains("class=\"told\"");
        assertThat(given().header("Sec-Fetch-Site", "cross-site").get(plain).statusCode())
                .as("leads nowhere else")
                .isEqualTo(200);
    }

    /** An address of an act shows nothing, also to whom signing in led there. */
    @Test
    void theAddressOfAnActSaysThatItIsOne() {
        Response shown = given().accept("text/html").get("/worklist/1.2.3/assign");
        assertThat(shown.statusCode()).isEqualTo(405);
        assertThat(shown.asString()).contains("shows nothing by itself");
        assertThat(given().accept("text/html")
                        .header("Accept-Language", "de")
                        .get("/nope")
                        .asString())
                .contains("Unter dieser Adresse ist nichts")
                .doesNotContain("Unable to find");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatBrowsersObey() {
        Response refused = given().get("/api/studies");
        assertThat(refused.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(refused.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(refused.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(refused.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(refused.header("Cache-Control")).contains("no-store");
    }

    /** A browser that kept a script asks whether it is the same, and is told so without it. */
    @ParameterizedTest
    @ValueSource(strings = {"/page/rigatino.css", "/page/worklist.js", "/page/study/study.js"})
    void whatPagesLoadIsAskedForEachTime(String loaded) {
        Response first = given().get(loaded);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().getValues("Cache-Control")).containsExactly("no-cache");
        given().header("If-Modified-Since", first.header("Last-Modified"))
                .get(loaded)
                .then()
                .statusCode(304);
    }
}
