package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.finding.Priority;

/** What is wrong with a body is said by its place and kinds. */
class WrongBodyTest {
    /** One of each kind. */
    record Body(String name, Integer port, double share, boolean paused, Priority priority, List<Body> parts) {}

    private static final ObjectMapper STRICT = new StrictBodies(new ObjectMapper()).getContext(Body.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'port': 'abc'}|\"port\" is text, and a whole number is asked for",
                "{'port': 1.5}|\"port\" is a number with a fraction, and a whole number is asked for",
                "{'port': [1]}|\"port\" is a list, and a whole number is asked for",
                "{'port': {'a': 1}}|\"port\" is an object, and a whole number is asked for",
                "{'port': true}|\"port\" is true or false, and a whole number is asked for",
                "{'share': 'much'}|\"share\" is text, and a number is asked for",
                "{'paused': 'perhaps'}|\"paused\" is text, and true or false is asked for",
                "{'name': {'a': 1}}|\"name\" is an object, and text is asked for",
                "{'name': ['a']}|\"name\" is a list, and text is asked for",
                "{'priority': 'TALL'}|\"priority\" is text, and one of HIGH, UNJUDGED, MEDIUM, LOW is asked for",
                "{'priority': 1}|\"priority\" is a whole number, and one of HIGH, UNJUDGED, MEDIUM, LOW is asked for",
                "{'parts': {'port': 1}}|\"parts\" is an object, and a list is asked for",
                "{'parts': [{'port': 1}, {'port': 'x'}]}|\"parts[1].port\" is text, and a whole number is asked for",
                "{'parts': [7]}|\"parts[0]\" is a whole number, and an object is asked for",
                "[]|the body is a list, and an object is asked for",
                "{'port': 1} {'port': 2}|the body goes on after its end: an object is asked for, and nothing else",
                "7|the body is a whole number, and an object is asked for"
            })
    void aValueOfAnotherKindIsNamedWithWhatItIsAndWhatIsAskedFor(String body, String told) {
        MismatchedInputException wrong = catchThrowableOfType(
                MismatchedInputException.class, () -> STRICT.readValue(body.replace('\'', '"'), Body.class));
        assertThat(WrongBody.told(wrong)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': Mueller}|line 1, column \\d+; look there.*",
                "{'name': 'a',\\n 'port' 1}|line 2, column \\d+; look there.*",
                "{'name': 'a'|line 1, column \\d+, where it ends too soon; look there.*",
                "{'name': 'Mueller|line 1, column \\d+, where it ends too soon; look there.*"
            })
    void whatIsNoJsonIsToldByItsPlaceAlone(String body, String told) {
        Throwable wrong =
                catchThrowable(() -> STRICT.readValue(body.replace('\'', '"').replace("\\n", "\n"), Body.class));
        assertThat(WrongBody.told(WrongBody.syntax(wrong).orElseThrow()))
                .matches("the body is no JSON \\(RFC 8259\\): " + told)
                .doesNotContain("Mueller");
    }

    @Test
    void whatIsNotKnownIsNamedWithWhatIs() {
        assertThatThrownBy(() -> STRICT.readValue("{\"parts\": [{\"prot\": 1}]}", Body.class))
                .isInstanceOfSatisfying(UnrecognizedPropertyException.class, wrong -> assertThat(WrongBody.told(wrong))
                        .isEqualTo(
                                "\"parts[0].prot\" is not known; known there are name, parts, paused, port, priority,"
                                        + " share"));
    }
}
