package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.finding.Priority;

/** What is wrong with an address is said by its place and kinds. */
class WrongParameterTest {
    @SuppressWarnings("unused")
    void endpoint(
            String name,
            long id,
            int frameNumber,
            @QueryParam("version") Long version,
            @QueryParam("width") Double width,
            @QueryParam("priority") Set<Priority> priorities,
            @QueryParam("own") boolean own) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id|Mueller|a whole number up to 9223372036854775807",
                "id|9223372036854775808|a whole number up to 9223372036854775807",
                "frameNumber|2147483648|a whole number up to 2147483647",
                "frameNumber|1.0|a whole number up to 2147483647"
            })
    void ofThePathNothingIsFound(String name, String value, String asked) {
        HttpProblem problem = wrong(Map.of(name, List.of(value)), Map.of()).orElseThrow();
        assertThat(problem.getStatusCode()).isEqualTo(404);
        assertThat(problem.getDetail())
                .isEqualTo("\"" + name + "\" in the path of the address is of another kind than is asked for: " + asked
                        + ", as answers and pages here tell it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version|1e3|a whole number up to 9223372036854775807",
                "width|wide|a number",
                "priority|TALL|one of HIGH, UNJUDGED, MEDIUM, LOW"
            })
    void behindItIsABadRequest(String name, String value, String asked) {
        HttpProblem problem = wrong(Map.of(), Map.of(name, List.of(value))).orElseThrow();
        assertThat(problem.getStatusCode()).isEqualTo(400);
        assertThat(problem.getDetail())
                .isEqualTo(
                        "the parameter \"" + name + "\" of the address is of another kind than is asked for: " + asked);
    }

    @Test
    void whatFitsIsNotToldToBeWrong() {
        assertThat(wrong(
                        Map.of("name", List.of("Mueller"), "id", List.of("7"), "frameNumber", List.of("-1")),
                        Map.of(
                                "version", List.of(""),
                                "width", List.of("1e2"),
                                "priority", List.of("HIGH", "LOW"),
                                "own", List.of("perhaps"))))
                .isEmpty();
    }

    private static Optional<HttpProblem> wrong(Map<String, List<String>> path, Map<String, List<String>> query) {
        Method endpoint = Stream.of(WrongParameterTest.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("endpoint"))
                .findFirst()
                .orElseThrow();
        return Stream.of(endpoint.getParameters())
                .flatMap(parameter -> WrongParameter.wrong(parameter, path, query).stream())
                .findFirst();
    }
}
