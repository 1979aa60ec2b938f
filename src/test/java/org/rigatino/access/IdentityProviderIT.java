package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A site with an identity provider: its tokens, and its sign-in for browsers. */
@QuarkusTest
@QuarkusTestResource(value = IdentityProviderIT.Parts.class, restrictToAnnotatedClass = true)
class IdentityProviderIT {
    private static IdentityProviderServer provider;

    @Inject
    DataSource database;

    /** {@link SecuredParts} with an identity provider. */
    public static final class Parts extends SecuredParts {
        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new HashMap<>(super.start());
            try {
                provider = new IdentityProviderServer();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            settings.put("quarkus.oidc.tenant-enabled", "true");
            settings.put("quarkus.oidc.auth-server-url", provider.issuer());
            settings.put("quarkus.oidc.client-id", IdentityProviderServer.CLIENT);
            settings.put("quarkus.oidc.credentials.secret", "a secret of thirty-two characters");
            settings.put("quarkus.oidc.authentication.user-info-required", "false");
            settings.put("quarkus.http.auth.roles-mapping.\"PACS-Readers\"", UserRole.RADIOLOGIST);
            return settings;
        }

        @Override
        public void stop() {
            provider.close();
            super.stop();
        }
    }

    @Test
    void aTokenOfTheProviderCarriesItsRoles() throws Exception {
        assertThat(bearer(provider.token("otto", UserRole.COORDINATOR), "/api/studies"))
                .isEqualTo(200);
        assertThat(bearer(provider.token("otto", UserRole.COORDINATOR), "/api/studies/1.2.3/audit"))
                .isEqualTo(403);
        assertThat(bearer(provider.token("otto", "a group that means nothing here"), "/api/studies"))
                .isEqualTo(403);
        await().untilAsserted(() -> assertThat(signIns("otto")).isEqualTo(1));
    }

    @Test
    void groupsOfTheSiteAreMappedToRoles() {
        assertThat(bearer(provider.token("paula", "PACS-Readers"), "/api/studies"))
                .isEqualTo(200);
    }

    @Test
    void aForgedTokenIsRefused() throws Exception {
        assertThat(bearer(provider.forged("eve", UserRole.ADMINISTRATOR), "/api/studies"))
                .isEqualTo(401);
    }

    @Test
    void machinesKeepTheirTokens() {
        assertThat(bearer(SecuredParts.token(UserRole.COORDINATOR), "/api/studies"))
                .isEqualTo(200);
    }

    /** The provider sends back by GET, to where nothing would be seen and nobody would say that it was not done. */
    @Test
    void anActWithoutASessionLeadsBackToItsPage() {
        Response refused = given().redirects()
                .follow(false)
                .accept("text/html")
                .header("Referer", "http://localhost/worklist?show=OPEN")
                .formParam("version", 1)
                .post("/worklist/1.2.3/assign");
        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(refused.header("Location")).endsWith("/worklist?show=OPEN&undone=true");
    }

    @Test
    void aBrowserIsSentToTheProviderAndComesBackSignedIn() {
        Response first = given().redirects().follow(false).get("/api/session");
        assertThat(first.statusCode()).isEqualTo(302);
        URI authorize = URI.create(first.header("Location"));
        assertThat(authorize.toString()).startsWith(provider.issuer() + "/authorize");
        Map<String, String> asked = parameters(authorize.getQuery());
        assertThat(asked)
                .containsEntry("client_id", IdentityProviderServer.CLIENT)
                .containsKey("state");

        Response back = given().redirects()
                .follow(false)
                .cookies(first.detailedCookies())
                .queryParam("code", IdentityProviderServer.CODE)
                .queryParam("state", asked.get("state"))
                .get("/api/session");
        assertThat(back.statusCode()).isEqualTo(302);
        Response session = given().redirects()
                .follow(false)
                .cookies(back.detailedCookies())
                .get("/api/session");
        assertThat(session.statusCode()).isEqualTo(200);
        assertThat(session.jsonPath().getString("name")).isEqualTo("olga");
        assertThat(session.jsonPath().getList("roles")).containsExactly(UserRole.AUDITOR);

        Response page = given().redirects()
                .follow(false)
                .cookies(back.detailedCookies())
                .header("Accept", "text/html")
                .get("/studies/1.2.3");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.asString()).contains("olga");
        for (String[] out : new String[][] {{"POST", "/sign-out"}, {"DELETE", "/api/session"}}) {
            Response signedOut = given().redirects()
                    .follow(false)
                    .cookies(back.detailedCookies())
                    .request(out[0], out[1]);
            assertThat(signedOut.statusCode()).as(out[1]).isIn(303, 204);
            assertThat(signedOut.getDetailedCookies().asList())
                    .as(out[1])
                    .filteredOn(cookie -> cookie.getName().startsWith("q_session"))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.getMaxAge() == 0);
        }
    }

    @Test
    void aPageSendsABrowserToTheProviderToo() {
        Response page =
                given().redirects().follow(false).header("Accept", "text/html").get("/worklist");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.header("Location")).startsWith(provider.issuer() + "/authorize");
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static int bearer(String token, String path) {
        return given().auth().preemptive().oauth2(token).get(path).statusCode();
    }

    private int signIns(String name) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from audit_event where kind = 'SIGN_IN' and subject = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
