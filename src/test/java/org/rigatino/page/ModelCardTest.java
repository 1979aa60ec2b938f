package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {
    @Test
    void headingsListsTablesAndEmphasisAreSet() {
        assertThat(ModelCard.html("# brain\n\n**Not for diagnosis.**\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
                .contains("<h3>brain</h3>", "<strong>Not for diagnosis.</strong>", "<li>one</li>", "<td>2</td>");
    }

    @Test
    void onlyLinksIntoTheWebAreLinks() {
        assertThat(ModelCard.html("[paper](https://example.org/a) and [docs](../../docs/models.md) ![plot](plot.png)"))
                .contains("href=\"https://example.org/a\"", "and docs plot")
                .doesNotContain("models.md", "<img");
    }

    /** A card is a file that somebody sent along with weights. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[here](javascript:alert(1))",
                "[here](<JaVaScRiPt:alert(1)>)",
                "[here](data:text/html,<script>alert(1)</script>)",
                "![x](javascript:alert(1))",
                "[x]: javascript:alert(1)\n\n[x]",
                "<javascript:alert(1)>",
                "| <svg onload=alert(1)> |\n|---|\n| x |",
                "[a](https://example.org/\"onmouseover=\"alert(1))",
            })
    void nothingInItCanAct(String markdown) {
        String html = ModelCard.html(markdown);
        assertThat(html.toLowerCase()).doesNotContain("<script", "<img", "<svg", "\"javascript:", "\"data:");
        assertThat(html).doesNotContainPattern("<[^>]* on[a-z]+ *=");
    }

    @Test
    void theCardsOfTheReleasesHereHaveNoMarkdownLeft() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("models"), 3)) {
            List<Path> cards = files.filter(file -> file.endsWith("README.md")).toList();
            assertThat(cards).isNotEmpty();
            for (Path card : cards) {
                assertThat(ModelCard.html(Files.readString(card)))
                        .as(card.toString())
                        .contains("<h3>", "<h4>What it misses</h4>")
                        .doesNotContain("**", "\n## ", "|---");
            }
        }
    }
}
