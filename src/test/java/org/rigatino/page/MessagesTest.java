package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.i18n.Message;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page says in one language it says in the other. */
class MessagesTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}|\\{#is (\\w+)}");

    @Test
    void germanSaysAllThatEnglishSaysOfTheSame() throws IOException {
        Properties german = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/messages/msg_de.properties"))) {
            german.load(file);
        }
        assertThat(new TreeSet<>(german.stringPropertyNames()))
                .isEqualTo(Arrays.stream(Messages.class.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (Method message : Messages.class.getMethods()) {
            assertThat(parameters(german.getProperty(message.getName())))
                    .as(message.getName())
                    .isEqualTo(parameters(message.getAnnotation(Message.class).value()));
        }
    }

    private static TreeSet<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
