package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint x every role x nobody. A new endpoint fails here until the table says whom it serves. */
@QuarkusTest
@WithTestResource(SecuredParts.class)
class EndpointRolesIT {
    /** The table of docs/security.md. */
    private static final Map<String, Set<String>> RESOURCES = new HashMap<>(Map.of(
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

    /** Parameters that are read by no resource, but where pages are made. */
    private static final Set<String> OF_EVERY_PAGE = Set.of("language", "earlier", "asked");

    /** The way in and out. */
    private static final Set<String> ANYONE = Set.of("GET /", "GET /sign-in", "POST /sign-out");

    private static final Set<String> OPEN =
            Set.of("GET /q/health", "GET /q/health/live", "GET /q/health/ready", "GET /q/health/started");

    @Test
    void everyEndpointIsInTheTable() {
        Set<String> table = new TreeSet<>(RESOURCES.keySet());
        table.addAll(ANYONE);
        assertThat(endpoints().keySet()).isEqualTo(table);
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

    /** Hostile paths, queries and bodies, from those who may call: a refusal each, and no fault of ours. */
    @Test
    void whatNobodyWouldSendIsRefusedAndIsNoFaultOfOurs() throws Exception {
        Map<String, Set<String>> endpoints = endpoints();
        Set<String> all = new TreeSet<>(OF_EVERY_PAGE);
        endpoints.values().forEach(all::addAll);
        assertThat(all).hasSizeGreaterThan(30);
        for (Map.Entry<String, Set<String>> row : RESOURCES.entrySet()) {
            HostileRequests requests = new HostileRequests(
                    RestAssured.port,
                    SecuredParts.token(row.getValue().iterator().next()));
            String[] methodAndPath = row.getKey().split(" ");
            if (!row.getKey().equals("DELETE /api/session")) {
                Set<String> read = endpoints.get(row.getKey());
                Set<String> others = new TreeSet<>(all);
                others.removeAll(read);
                assertThat(requests.faults(methodAndPath[0], methodAndPath[1], read, others))
                        .as(row.getKey())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verdict=%", "verdict=%zz", "sop=1%2"})
    void aFormThatCannotBeDecodedIsRefused(String form) {
        for (String path : List.of("/studies/1.2.3/answer", "/worklist/1.2.3/escalate")) {
            form(path, form).then().statusCode(400).body(containsString("cannot be decoded"));
        }
        given().auth()
                .oauth2(SecuredParts.token(UserRole.ADMINISTRATOR))
                .contentType("application/x-www-form-urlencoded")
                .body(form)
                .post("/reruns")
                .then()
                .statusCode(400)
                .body(containsString("cannot be decoded"));
    }

    @Test
    void aFormOfTooManyFieldsIsRefused() {
        String fields = "a=1&".repeat(2000);
        form("/studies/1.2.3/answer", fields).then().statusCode(413).body(containsString("more fields"));
        RequestSpecification parts = given().auth().oauth2(SecuredParts.token(UserRole.ADMINISTRATOR));
        for (int part = 0; part < 1500; part++) {
            parts.multiPart("part" + part, "1");
        }
        parts.post("/api/rules/try").then().statusCode(413);
    }

    private static io.restassured.response.Response form(String path, String fields) {
        return given().auth()
                .oauth2(SecuredParts.token(UserRole.RADIOLOGIST))
                .contentType("application/x-www-form-urlencoded")
                .body(fields)
                .post(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/api/reruns/abc|404|\"id\" in the path of the address is of another kind than is asked for: a whole number",
                "POST|/api/reruns/abc/stop|404|\"id\" in the path of the address",
                "GET|/api/patient-messages/abc/effect|404|\"id\" in the path of the address",
                "GET|/api/studies?page=abc|400|the parameter \"page\" of the address",
                "DELETE|/api/users/anna?version=abc|400|the parameter \"version\" of the address",
                "GET|/api/reruns/4711|404|there is no run 4711",
                "POST|/api/reruns/4711/stop|404|4711",
                "GET|/api/reruns/preview?studyDateFrom=abc|400|studyDateFrom",
                "DELETE|/api/users/nobody?version=1|404|nobody",
                "DELETE|/api/users/anna|400|\"version\" is missing",
                "DELETE|/api/senders?aeTitle=NOBODY|404|NOBODY",
                "POST|/api/senders?address=abc|400|abc",
                "POST|/api/senders?aeTitle=ANYBODY|409|calling-ae-titles is not set",
                "DELETE|/api/destinations/nowhere?version=1&open=0|404|nowhere",
                "DELETE|/api/destinations/nowhere?version=1|400|\"open\" is missing",
                "POST|/api/destinations/nowhere/repeat|409|no destination nowhere",
                "POST|/api/releases/0123/promote|404|0123",
                "GET|/api/nothing|404|Unable to find"
            })
    void aRefusalSaysWhatWasWrong(String method, String path, int status, String detail) {
        given().auth()
                .preemptive()
                .oauth2(SecuredParts.token(UserRole.ADMINISTRATOR))
                .contentType(ContentType.JSON)
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("detail", containsString(detail));
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

    /** Each with the names of the query's parameters that it reads. */
    private static Map<String, Set<String>> endpoints() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("org.rigatino")
                .that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "resources", type -> type.isAnnotatedWith(Path.class)))) {
            resource.getMethods().stream()
                    .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                    .forEach(method -> found.computeIfAbsent(endpoint(resource, method), endpoint -> new TreeSet<>())
                            .addAll(parameters(resource, method)));
        }
        return found;
    }

    private static Set<String> parameters(JavaClass resource, JavaMethod method) {
        Set<String> names = new TreeSet<>();
        if (resource.getPackageName().equals("org.rigatino.page")) {
            names.addAll(OF_EVERY_PAGE);
        }
        for (JavaParameter parameter : method.getParameters()) {
            if (parameter.isAnnotatedWith(QueryParam.class)) {
                names.add(parameter.getAnnotationOfType(QueryParam.class).value());
            }
            if (parameter.isAnnotatedWith(BeanParam.class)) {
                parameter.getRawType().getAllFields().stream()
                        .filter(field -> field.isAnnotatedWith(QueryParam.class))
                        .forEach(field -> names.add(
                                field.getAnnotationOfType(QueryParam.class).value()));
            }
        }
        return names;
    }

    private static String endpoint(JavaClass resource, JavaMethod method) {
        String verb = Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                .filter(name -> method.isAnnotatedWith("jakarta.ws.rs." + name))
                .findFirst()
                .orElseThrow();
        String path = resource.getAnnotationOfType(Path.class).value().replaceFirst("^/$", "");
        if (method.isAnnotatedWith(Path.class)) {
            String rest = method.getAnnotationOfType(Path.class).value();
            path += rest.startsWith("/") ? rest : "/" + rest;
        }
        return verb + " " + (path.startsWith("/") ? path : "/" + path);
    }
}
