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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says in one language it says in the other. */
class MessagesTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}|\\{#is (\\w+)}");

    @ParameterizedTest
    @CsvSource({
        "msg, org.rigatino.page.Messages",
        "study, org.rigatino.page.StudyMessages",
        "models, org.rigatino.page.ModelMessages",
        "worklist, org.rigatino.page.WorklistMessages",
        "trail, org.rigatino.page.TrailMessages",
        "administration, org.rigatino.page.AdministrationMessages",
        "destinations, org.rigatino.page.DestinationMessages",
        "senders, org.rigatino.page.SenderMessages",
        "patients, org.rigatino.page.PatientMessages",
        "whose, org.rigatino.page.WhoseMessages",
        "answer, org.rigatino.page.AnswerMessages",
        "reruns, org.rigatino.page.RerunMessages",
        "earlier, org.rigatino.page.EarlierMessages",
        "ask, org.rigatino.page.AskMessages"
    })
    void germanSaysAllThatEnglishSaysOfTheSame(String bundle, Class<?> english) throws IOException {
        Properties german = new Properties();
        try (Reader text = Files.newBufferedReader(Path.of("src/main/resources/messages", bundle + "_de.properties"))) {
            german.load(text);
        }
        assertThat(new TreeSet<>(german.stringPropertyNames()))
                .isEqualTo(Arrays.stream(english.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (Method message : english.getMethods()) {
            assertThat(parameters(german.getProperty(message.getName())))
                    .as(message.getName())
                    .isEqualTo(parameters(message.getAnnotation(Message.class).value()));
        }
    }

    private static TreeSet<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
