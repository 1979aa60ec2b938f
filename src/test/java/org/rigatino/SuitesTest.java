package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Integration tests that share an application run in a suite, once: not beside it too, and not never. */
class SuitesTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern MEMBER = Pattern.compile("\"(org\\.rigatino\\.[\\w.]+IT)\"");
    private static final Pattern EXCLUDED = Pattern.compile("<exclude>(org/rigatino/[\\w/]+IT)\\.java</exclude>");

    @Test
    void whatMavenLeavesOutRunsInOneSuite() throws IOException {
        List<String> members = members();
        assertThat(members).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(excluded()).containsExactlyInAnyOrderElementsOf(members);
        assertThat(members).allSatisfy(member -> assertThat(TESTS.resolve(member.replace('.', '/') + ".java"))
                .exists());
    }

    private static List<String> members() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith("IT.java"))
                    .map(SuitesTest::read)
                    .filter(source -> source.contains("\n@Suite\n"))
                    .flatMap(source -> MEMBER.matcher(source).results())
                    .map(member -> member.group(1))
                    .toList();
        }
    }

    private static List<String> excluded() {
        return EXCLUDED.matcher(read(Path.of("pom.xml")))
                .results()
                .map(name -> name.group(1).replace('/', '.'))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
