package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BadRequestException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.page.AuditPages;

class KnownParametersTest {
    private static final Map<String, Boolean> LIST = named(AuditResource.class, "list");

    @Test
    void thoseOfAListTakeSeveralValues() {
        assertThat(LIST)
                .containsEntry("kind", true)
                .containsEntry("actor", false)
                .containsEntry("size", false);
        assertThat(named(AuditPages.class, "show")).containsEntry("kind", true).containsEntry("before", false);
        assertThat(named(StudyResource.class, "list")).containsEntry("state", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor", "from", "size", "language"})
    void oneThatTakesOneValueDoesNotComeTwice(String name) {
        assertThatThrownBy(() -> KnownParameters.check(LIST, Map.of(name, List.of("rad", "aud"))))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("parameter " + name + " stands 2 times");
        assertThatCode(() -> KnownParameters.check(LIST, Map.of(name, List.of("rad"), "kind", List.of("A", "B"))))
                .doesNotThrowAnyException();
    }

    @Test
    void oneThatThereIsNotIsNamed() {
        assertThatThrownBy(() -> KnownParameters.check(LIST, Map.of("actors", List.of("rad"))))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("no parameter actors here")
                .hasMessageContaining("actor, before, from");
    }

    private static Map<String, Boolean> named(Class<?> resource, String name) {
        for (Method method : resource.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return KnownParameters.named(method);
            }
        }
        throw new AssertionError(name);
    }
}
