package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every endpoint x every role x nobody. A new endpoint fails here until the table says whom it serves. */
@QuarkusTest
@WithTestResource(SecuredParts.class)
class EndpointRolesIT {
    /** The table of docs/security.md. */
    static final Map<String, Set<String>> RESOURCES = new HashMap<>(Map.of(
            "GET /api/session",
            UserRole.OF_PEOPLE,
            "DELETE /api/session",
            UserRole.OF_PEOPLE,
            "GET /api/studies",
            Set.of(UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.ADMINISTRATOR),
            "GET /api/studies/{studyInstanceUid}",
            Set.of(UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR),
            "POST /api/studies/{studyInstanceUid}/replay",
            Set.of(UserRole.ADMINISTRATOR),
            "GET /api/studies/{studyInstanceUid}/audit",
            Set.of(UserRole.AUDITOR),
            "POST /dicom-web/studies",
            Set.of(UserRole.MODALITY),
            "POST /dicom-web/studies/{studyInstanceUid}",
            Set.of(UserRole.MODALITY)));

    static {
        Set<String> readers = Set.of(UserRole.COORDINATOR, UserRole.RADIOLOGIST);
        RESOURCES.put("GET /api/worklist", readers);
        RESOURCES.put("GET /api/worklist/{studyInstanceUid}", readers);
        RESOURCES.put("GET /api/worklist/arriving", readers);
        RESOURCES.put("GET /api/worklist/refused", readers);
        for (String act : List.of("acknowledge", "assign", "release", "escalate", "de-escalate", "reopen")) {
            RESOURCES.put("POST /api/worklist/{studyInstanceUid}/" + act, readers);
        }
        RESOURCES.put(
                "GET /api/studies/{studyInstanceUid}/images/{sopInstanceUid}/frames/{frameNumber}/{picture}", readers);
        RESOURCES.put("GET /api/studies/{studyInstanceUid}/answers", readers);
        RESOURCES.put("POST /api/studies/{studyInstanceUid}/answers", Set.of(UserRole.RADIOLOGIST));
        RESOURCES.put("GET /api/studies/{studyInstanceUid}/reports", Set.of(UserRole.RADIOLOGIST));
        RESOURCES.put("GET /api/reports/without-study", Set.of(UserRole.ADMINISTRATOR));
        RESOURCES.put("GET /worklist", readers);
        RESOURCES.put("GET /worklist/rows", readers);
        RESOURCES.put("POST /worklist/{studyInstanceUid}/{act}", readers);
        RESOURCES.put("GET /studies/{studyInstanceUid}", UserRole.OF_PEOPLE);
        RESOURCES.put("GET /studies/{studyInstanceUid}/viewer", readers);
        RESOURCES.put("POST /studies/{studyInstanceUid}/answer", Set.of(UserRole.RADIOLOGIST));
        RESOURCES.put("POST /studies/{studyInstanceUid}/earlier", readers);
        for (String endpoint :
                List.of("GET /api/studies/{studyInstanceUid}/earlier", "GET /studies/{studyInstanceUid}/earlier.png")) {
            RESOURCES.put(endpoint, Set.of(UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR));
        }
        for (String endpoint : List.of("GET /api/audit", "GET /api/audit/export", "GET /audit")) {
            RESOURCES.put(endpoint, Set.of(UserRole.AUDITOR));
        }
        for (String endpoint : List.of(
                "GET /api/workitems",
                "GET /api/destinations",
                "POST /api/destinations/{name}/echo",
                "POST /api/destinations/{name}/cancel",
                "POST /api/destinations/{name}/repeat",
                "POST /api/destinations/{name}/pause",
                "POST /api/destinations/{name}/resume",
                "PUT /api/destinations/{name}",
                "DELETE /api/destinations/{name}",
                "GET /api/rules",
                "POST /api/rules/try",
                "GET /administration/rules",
                "POST /administration/rules/try",
                "GET /api/patient-messages",
                "GET /api/patient-messages/{id}/effect",
                "POST /api/patient-messages/{id}/take-back",
                "POST /api/patient-messages/{id}/let-in",
                "GET /administration/patient-messages",
                "POST /administration/patient-messages",
                "GET /api/senders",
                "POST /api/senders",
                "DELETE /api/senders",
                "POST /administration/senders",
                "POST /administration/senders/remove",
                "GET /api/users",
                "POST /api/users",
                "PUT /api/users/{name}/roles",
                "PUT /api/users/{name}/password",
                "POST /api/users/{name}/disable",
                "POST /api/users/{name}/enable",
                "DELETE /api/users/{name}",
                "GET /administration/users",
                "POST /administration/users",
                "GET /administration/users/{name}",
                "POST /administration/users/{name}/roles",
                "POST /administration/users/{name}/password",
                "POST /administration/users/{name}/disable",
                "POST /administration/users/{name}/enable",
                "POST /administration/users/{name}/remove",
                "GET /administration/destination",
                "POST /administration/destination",
                "POST /administration/destination/pause",
                "POST /administration/destination/remove",
                "GET /administration",
                "POST /administration/destinations/{name}/echo",
                "POST /administration/destinations/{name}/cancel",
                "POST /administration/destinations/{name}/repeat",
                "POST /administration/replay",
                "GET /administration/studies/{studyInstanceUid}",
                "POST /administration/studies/{studyInstanceUid}/patient",
                "POST /administration/studies/{studyInstanceUid}/judge-anew",
                "GET /api/studies/{studyInstanceUid}/patients",
                "POST /api/studies/{studyInstanceUid}/patient",
                "POST /api/studies/{studyInstanceUid}/judge-anew")) {
            RESOURCES.put(endpoint, Set.of(UserRole.ADMINISTRATOR));
        }
        for (String endpoint : List.of(
                "GET /api/sources",
                "POST /api/sources/{name}/fetch",
                "GET /api/sources/{name}/retrievals/{id}",
                "GET /fetch",
                "POST /fetch")) {
            RESOURCES.put(endpoint, Set.of(UserRole.COORDINATOR, UserRole.ADMINISTRATOR));
        }
        for (String endpoint : List.of(
                "POST /api/reruns",
                "POST /api/reruns/{id}/pause",
                "POST /api/reruns/{id}/continue",
                "POST /api/reruns/{id}/stop",
                "POST /reruns",
                "POST /reruns/{id}/pause",
                "POST /reruns/{id}/continue",
                "POST /reruns/{id}/stop",
                "POST /api/releases/{digest}/promote",
                "POST /api/releases/{digest}/withdraw",
                "POST /models/{digest}/promote",
                "POST /models/{digest}/withdraw")) {
            RESOURCES.put(endpoint, Set.of(UserRole.ADMINISTRATOR));
        }
        for (String endpoint : List.of(
                "GET /reruns",
                "GET /api/reruns",
                "GET /api/reruns/{id}",
                "GET /api/reruns/preview",
                "GET /api/rules/followed/{sha256}",
                "GET /api/releases",
                "GET /api/releases/{digest}/comparisons",
                "GET /api/releases/{digest}/what-if",
                "GET /models/{digest}/what-if",
                "GET /models/{digest}/beside/{other}.png")) {
            RESOURCES.put(endpoint, Set.of(UserRole.AUDITOR, UserRole.ADMINISTRATOR));
        }
        RESOURCES.put("GET /password", UserRole.OF_PEOPLE);
        RESOURCES.put("POST /password", UserRole.OF_PEOPLE);
        RESOURCES.put("GET /models", UserRole.OF_PEOPLE);
        RESOURCES.put("GET /models/{digest}", UserRole.OF_PEOPLE);
        Set<String> overseers = new TreeSet<>(UserRole.OF_PEOPLE);
        overseers.add(UserRole.MONITOR);
        RESOURCES.put("GET /api/models/{digest}/answers", UserRole.OF_PEOPLE);
        RESOURCES.put("GET /api/models", overseers);
        RESOURCES.put("GET /api/models/{digest}", overseers);
    }

    /** What no resource of ours serves. */
    private static final Map<String, Set<String>> OPERATION = Map.of(
            "GET /q/metrics",
            Set.of(UserRole.ADMINISTRATOR, UserRole.MONITOR),
            "GET /q/openapi",
            Set.of(UserRole.ADMINISTRATOR, UserRole.MONITOR),
            "GET /q/anything-that-comes",
            Set.of(UserRole.ADMINISTRATOR, UserRole.MONITOR));

    /** The way in and out. */
    private static final Set<String> ANYONE = Set.of("GET /", "GET /sign-in", "POST /sign-out");

    private static final Set<String> OPEN =
            Set.of("GET /q/health", "GET /q/health/live", "GET /q/health/ready", "GET /q/health/started");

    @Test
    void everyEndpointIsInTheTable() {
        Set<String> table = new TreeSet<>(RESOURCES.keySet());
        table.addAll(ANYONE);
        assertThat(Endpoints.all().keySet()).isEqualTo(table);
    }

    @Test
    void eachRoleReachesItsOwnEndpointsAlone() {
        Stream.of(RESOURCES, OPERATION)
                .flatMap(table -> table.entrySet().stream())
                .forEach(row -> UserRole.ALL.forEach(role -> {
                    int status = status(given().auth().preemptive().oauth2(SecuredParts.token(role)), row.getKey());
                    if (row.getValue().contains(role)) {
                        assertThat(status).as(row.getKey() + " by " + role).isNotIn(401, 403);
                    } else {
                        assertThat(status).as(row.getKey() + " by " + role).isEqualTo(403);
                    }
                }));
    }

    @Test
    void nobodyReachesAnything() {
        for (Map<String, Set<String>> table : List.of(RESOURCES, OPERATION)) {
            for (String endpoint : table.keySet()) {
                assertThat(status(given(), endpoint)).as(endpoint).isEqualTo(401);
                assertThat(status(given().auth().preemptive().oauth2(SecuredParts.NO_TOKEN), endpoint))
                        .as(endpoint + " by a token of nobody")
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void healthIsForLoadBalancersWhichHaveNoToken() {
        for (String endpoint : OPEN) {
            assertThat(status(given(), endpoint)).as(endpoint).isIn(200, 503);
        }
    }

    /** The reference is made by the build, never by hand. */
    @Test
    void theApiReferenceIsOfWhatIsServed() throws IOException {
        String served = given().auth()
                .preemptive()
                .oauth2(SecuredParts.token(UserRole.ADMINISTRATOR))
                .get("/q/openapi")
                .asString();
        java.nio.file.Path made = Files.writeString(java.nio.file.Path.of("target/openapi.yaml"), served);
        assertThat(java.nio.file.Path.of("docs/openapi.yaml"))
                .as("docs/openapi.yaml: copy " + made + " there")
                .hasSameTextualContentAs(made);
    }

    /** OpenAPI 3.1: what a generated client knows of the ways in and of a conflict. */
    @Test
    void theApiReferenceHasAWayInAndTheStatusesThatItsWordsName() throws IOException {
        JsonNode reference = new ObjectMapper(new YAMLFactory())
                .readTree(java.nio.file.Path.of("docs/openapi.yaml").toFile());
        assertThat(reference
                        .at("/components/securitySchemes/SecurityScheme/scheme")
                        .asText())
                .isEqualTo("bearer");
        for (JsonNode path : reference.get("paths")) {
            for (JsonNode operation : path) {
                String words = operation.path("summary").asText()
                        + operation.path("description").asText();
                for (String status : List.of("404", "409", "412", "503")) {
                    assertThat(!words.contains(status)
                                    || operation.get("responses").has(status))
                            .as("%s of: %s", status, words)
                            .isTrue();
                }
            }
        }
    }

    private static int status(RequestSpecification request, String endpoint) {
        String[] methodAndPath = endpoint.split(" ");
        String path = methodAndPath[1].replaceAll("\\{[^}]*}", "1.2.3");
        if (endpoint.equals("POST /administration/rules/try")) {
            request.multiPart("callingAeTitle", "TEST");
        } else if (endpoint.equals("POST /api/rules/try")) {
            request.contentType("application/dicom");
        } else if (endpoint.startsWith("POST /worklist")
                || endpoint.startsWith("POST /studies")
                || endpoint.startsWith("POST /models")
                || endpoint.startsWith("POST /fetch")
                || endpoint.startsWith("POST /password")
                || endpoint.startsWith("POST /administration")) {
            request.contentType(ContentType.URLENC);
        }
        return request.request(methodAndPath[0], path).statusCode();
    }
}
