package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventKindTest {
    private static final Pattern KIND = Pattern.compile("`([A-Z0-9_]+)`");

    /** Nothing else can be written, since events take their kind from the list. */
    @Test
    void theDocumentSaysOfEachKindWhenItIsWritten() throws IOException {
        List<String> told = Files.readAllLines(Path.of("docs/audit.md")).stream()
                .dropWhile(line -> !line.equals("| kind | when | subject |"))
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> KIND.matcher(line.split("\\|")[1]).results().map(MatchResult::group))
                .map(kind -> kind.replace("`", ""))
                .toList();
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventKind.values()).map(Enum::name).toList());
    }
}
