package org.rigatino.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody would send is refused in words, by every endpoint. */
@QuarkusTest
@WithTestResource(SecuredParts.class)
class HostileRequestsIT {
    /** Hostile paths, queries and bodies, from those who may call: a refusal each, and no fault of ours. */
    @Test
    void whatNobodyWouldSendIsRefusedAndIsNoFaultOfOurs() throws Exception {
        Map<String, Set<String>> endpoints = Endpoints.all();
        Set<String> all = new TreeSet<>(Endpoints.OF_EVERY_PAGE);
        endpoints.values().forEach(all::addAll);
        assertThat(all).hasSizeGreaterThan(30);
        for (Map.Entry<String, Set<String>> row : EndpointRolesIT.RESOURCES.entrySet()) {
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

    private static Response form(String path, String fields) {
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
                "POST|/api/destinations/nowhere/repeat?place=A&repeatable=1|409|no destination nowhere",
                "POST|/api/destinations/nowhere/repeat?place=A|400|\"repeatable\" is missing",
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
}
