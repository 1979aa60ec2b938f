package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds docs/requirements.md to the tests that there are. */
class RequirementsTest {
    private static final Pattern ROW = Pattern.compile("\\| ([PFR]\\d+) \\| (.+) \\| (.*) \\|");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    private static Map<String, String> sources;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            sources = files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(), RequirementsTest::read, String::concat));
        }
    }

    @TestFactory
    Stream<DynamicTest> namesTestsThatExist() throws IOException {
        return rows().stream().map(row -> DynamicTest.dynamicTest(row.group(1), () -> check(row)));
    }

    @Test
    void missesNoPromiseAndNoFailure() throws IOException {
        List<String> ids = rows().stream().map(row -> row.group(1)).toList();
        assertThat(ids).doesNotHaveDuplicates();
        for (int i = 1; i <= 10; i++) {
            assertThat(ids).contains("P" + i);
        }
        for (int i = 1; i <= 16; i++) {
            assertThat(ids).contains("F" + i);
        }
    }

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/requirements.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static void check(Matcher row) {
        Matcher named = NAMED.matcher(row.group(3));
        int found = 0;
        for (; named.find(); found++) {
            assertThat(Pattern.compile("\\b" + named.group(2) + "\\(")
                            .matcher(sources.getOrDefault(named.group(1) + ".java", ""))
                            .find())
                    .as("there is a test %s#%s", named.group(1), named.group(2))
                    .isTrue();
        }
        if (found == 0) {
            assertThat(row.group(3)).matches("\\*(not yet|cannot happen)\\*.*");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
