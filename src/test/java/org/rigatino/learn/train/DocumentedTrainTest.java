package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Rigatino;
import org.rigatino.restore.ModelRelease;
import picocli.CommandLine;

/** The line of docs/models.md that trains, run as it stands but for its sizes. */
class DocumentedTrainTest {
    @TempDir
    Path folder;

    @Test
    void theLineOfTheDocumentMakesARelease() throws IOException {
        String line = Files.readAllLines(Path.of("docs/models.md")).stream()
                .filter(text -> text.startsWith("./rigatino train --method sagan --data DIR"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains(" DIR ", "models/NAME/VERSION", "--iterations 1000", "--batch 8");
        Path data = TrainingProcess.writeNormals(folder);
        String tiny = line.substring("./rigatino ".length())
                .replace("--iterations 1000", "--iterations 2")
                .replace("--batch 8", "--batch 2")
                .replace("DIR", data.toString())
                .replace(
                        "models/NAME/VERSION",
                        folder.resolve("models/NAME/VERSION").toString());
        List<String> arguments = new ArrayList<>(List.of(tiny.split(" ")));
        arguments.addAll(List.of(
                "--width", "2", "--try", "--work", folder.resolve("work").toString()));

        StringWriter console = new StringWriter();
        CommandLine command =
                new CommandLine(new Rigatino()).setOut(new PrintWriter(console)).setErr(new PrintWriter(console));
        assertThat(command.execute(arguments.toArray(String[]::new)))
                .as(console.toString())
                .isZero();
        assertThat(ModelRelease.load(folder.resolve("models/NAME/VERSION")).name())
                .isEqualTo("NAME");
    }
}
