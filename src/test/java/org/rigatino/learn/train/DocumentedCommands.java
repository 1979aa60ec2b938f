package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rigatino.Rigatino;
import picocli.CommandLine;

/** What docs/models.md says, run with its paths in a folder of the test. */
final class DocumentedCommands {
    private static final String MODELS = "rigatino.restore.models";
    private static final String VARIABLE = "RIGATINO_RESTORE_MODELS=";
    private static final Set<String> PATHS = Set.of("--script", "--profile", "--data", "--model", "--out", "restore");

    private final Path folder;

    DocumentedCommands(Path folder) {
        this.folder = folder;
    }

    /** The block of the document that holds the words. @param language as its fence says */
    static String block(String language, String words) throws IOException {
        String fence = "```" + language;
        List<String> found = new ArrayList<>();
        StringBuilder block = null;
        for (String line : Files.readAllLines(Path.of("docs/models.md"))) {
            if (block == null && line.startsWith("```")) {
                block = new StringBuilder(line).append('\n');
            } else if (block != null && line.equals("```")) {
                found.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return found.stream()
                .filter(each -> each.startsWith(fence + "\n") && each.contains(words))
                .map(each -> each.substring(fence.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block " + fence + " with " + words));
    }

    /** Lines of the block that holds the words. */
    List<String> commands(String words) throws IOException {
        return block("", words).lines().toList();
    }

    static void forgetModels() {
        System.clearProperty(MODELS);
    }

    /** @param line of the document, whose paths are looked for in the test's folder; more is added as it is */
    String run(String line, String... more) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        if (words.get(0).startsWith(VARIABLE)) {
            String models = words.remove(0).substring(VARIABLE.length());
            System.setProperty(MODELS, folder.resolve(models).toString());
        }
        assertThat(words.remove(0)).isEqualTo("./rigatino");
        for (int i = 1; i < words.size(); i++) {
            if (PATHS.contains(words.get(i - 1))) {
                words.set(i, folder.resolve(words.get(i)).toString());
            }
        }
        words.addAll(List.of(more));
        StringWriter console = new StringWriter();
        int exit = new CommandLine(new Rigatino())
                .setOut(new PrintWriter(console, true))
                .setErr(new PrintWriter(console, true))
                .execute(words.toArray(String[]::new));
        assertThat(exit).as(line + "\n" + console).isZero();
        return console.toString();
    }
}
