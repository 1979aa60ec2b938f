package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rigatino.Patience;
import org.rigatino.dicomweb.EventFuzz;

/** What fuzzing found, and what it begins with: {@code docs/fuzzing.md} tells how files come to be here. */
class CorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "association", AssociationFuzz::fuzzerTestOneInput,
            "dataset", DatasetFuzz::fuzzerTestOneInput,
            "pixels", PixelsFuzz::fuzzerTestOneInput,
            "multipart", MultipartFuzz::fuzzerTestOneInput,
            "event", EventFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> every_input_is_taken_or_refused_in_time() throws IOException {
        return TARGETS.keySet().stream().sorted().flatMap(target -> files(CORPUS.resolve(target)).stream()
                .map(file -> DynamicTest.dynamicTest(target + "/" + file.getFileName(), () -> {
                    byte[] input = Files.readAllBytes(file);
                    assertTimeoutPreemptively(
                            Patience.STEP, () -> TARGETS.get(target).accept(input));
                })));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            assertThat(sorted).as("inputs in " + folder).isNotEmpty();
            return sorted;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
