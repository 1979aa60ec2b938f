package org.rigatino.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommentTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\u0007b",
                "a\nb",
                "a\r\nb",
                "a\tb",
                "a\u007Fb",
                "a\u0085b",
                "a\u202Eb",
                "a\u2066b",
                "a\u200Eb",
                "a\u061Cb",
                "a\u2028b",
                "a\u2029b",
                "a\uFEFFb",
                "a\u00ADb",
                "a\uD800b",
                "a\uDC00b",
                "a\uE000b",
                "a\uFFFFb",
                "a\uDB40\uDC41b"
            })
    void whatIsNoTextIsRefusedByItsNumberAndPlace(String text) {
        assertThatThrownBy(() -> CommentText.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "\"comment\" has a character that is no text, U\\+[0-9A-F]{4,5}, at place 2: leave it out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Metallartefakt, früher schon: s. Bericht",
                "<b>bold</b> & 'quoted'",
                "陳旧性梗塞",
                "می\u200Cشود",
                "क्\u200Dष",
                "שבר ישן",
                "👩\u200D⚕️ e\u0301"
            })
    void textOfAnyScriptIsKeptAsItIs(String text) {
        assertThat(CommentText.of("  " + text + " ")).contains(text);
    }

    @Test
    void charactersAreCountedAsPeopleCountThem() {
        assertThat(CommentText.of("😀".repeat(1000))).isPresent();
        assertThatThrownBy(() -> CommentText.of("a".repeat(1001)))
                .hasMessage("\"comment\" has 1001 characters and may have 1000");
        assertThat(CommentText.of(" \n ")).isEmpty();
        assertThat(CommentText.of(null)).isEmpty();
    }
}
