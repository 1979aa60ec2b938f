package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Enter in a field presses the first button of a form: no act that somebody did not choose, or has only begun to agree to. */
class FormsTest {
    private static final Pattern FORM = Pattern.compile("<form ([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern BUTTON = Pattern.compile("<button(?! type=\"(reset|button)\")");

    @Test
    void enterInAFieldDoesNoActOfSeveralNorOneThatIsTicked() throws IOException {
        List<String> open = forms().filter(form -> form.group(1).contains("method=\"post\""))
                .filter(form -> acts(form) > 1 || form.group(2).contains("type=\"checkbox\""))
                // Who sets passwords types to the end.
                .filter(form -> !form.group(2).contains("{#include pages/newPassword"))
                .filter(form -> !form.group(2).strip().startsWith("{#include pages/guard /}"))
                .map(MatchResult::group)
                .toList();
        assertThat(open).isEmpty();
    }

    @Test
    void formsOfSeveralActsAreFound() throws IOException {
        assertThat(forms().filter(form -> acts(form) > 1)).hasSize(2);
    }

    private static long acts(MatchResult form) {
        return BUTTON.matcher(form.group(2)).results().count();
    }

    private static Stream<MatchResult> forms() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/templates/pages"))) {
            return files.flatMap(file -> FORM.matcher(read(file)).results()).toList().stream();
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
