package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scripts of a study's page. */
class StudyScriptsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    /** A module names others, which a browser would otherwise ask for one after another. */
    @Test
    void everyModuleIsAskedForAtOnce() throws IOException {
        String page = Files.readString(RESOURCES.resolve("templates/pages/study.html"));
        List<String> preloaded = Pattern.compile("rel=\"modulepreload\" href=\"/page/study/([a-z]+\\.js)\"")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        try (Stream<Path> scripts = Files.list(RESOURCES.resolve("META-INF/resources/page/study"))) {
            assertThat(preloaded)
                    .containsExactlyInAnyOrderElementsOf(scripts.map(Path::getFileName)
                            .map(Path::toString)
                            .filter(name -> !name.equals("early.js"))
                            .toList());
        }
    }

    /** Before anything that is drawn, and waited for: what it guards is not there before it. */
    @Test
    void theGuardRunsFirst() throws IOException {
        String page = Files.readString(RESOURCES.resolve("templates/pages/study.html"));
        assertThat(page).contains("{#script}<script src=\"/page/study/early.js\"></script>");
    }
}
