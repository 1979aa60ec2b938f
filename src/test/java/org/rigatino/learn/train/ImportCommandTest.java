package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Rigatino;
import org.rigatino.finding.Findings;
import org.rigatino.network.Scripts;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Restorer;
import picocli.CommandLine;

/** Networks of one expression become releases. */
class ImportCommandTest {
    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void writeInput() throws IOException {
        out = folder.resolve("models/mine/1");
        Files.copy(Path.of("models/brain-flair/profile.json"), folder.resolve("profile.json"));
        Scripts.write(folder.resolve("network.pt"), "torch.tanh(torch.mul(x, 0.5))");
        Heads.write(folder.resolve("data"), 22);
    }

    private String execute(int exit, String... arguments) {
        StringWriter console = new StringWriter();
        int code = new CommandLine(new Rigatino())
                .setOut(new PrintWriter(console, true))
                .setErr(new PrintWriter(console, true))
                .execute(arguments);
        assertThat(code).as(console.toString()).isEqualTo(exit);
        return console.toString();
    }

    /** @param other an option, and what is given for it instead */
    private String importNetwork(int exit, String... other) {
        Map<String, String> options = new LinkedHashMap<>(Map.of("--grid", "32", "--device", "cpu"));
        options.put("--script", folder.resolve("network.pt").toString());
        options.put("--profile", folder.resolve("profile.json").toString());
        options.put("--data", folder.resolve("data").toString());
        options.put("--out", out.toString());
        if (other.length > 0) {
            options.put(other[0], other[1]);
        }
        List<String> arguments = new ArrayList<>(List.of("release", "import"));
        options.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return execute(exit, arguments.toArray(String[]::new));
    }

    @Test
    void allNormalsCalibrateAndTheScoresAreThoseServed() throws IOException {
        assertThat(importNetwork(0)).contains("22 normal images of 11 patients", "wrote " + out);

        ModelRelease release = ModelRelease.load(out);
        assertThat(release.directory().resolve("model.pt")).hasSameBinaryContentAs(folder.resolve("network.pt"));
        assertThat(release.file().method()).isEqualTo("torchscript");
        assertThat(release.name() + "/" + release.version()).isEqualTo("mine/1");
        assertThat(release.file().training().command()).startsWith("rigatino release import --");
        assertThat(release.file().training().calibrationImages()).isEqualTo(22);
        assertThat(release.file().limits().get(release.file().limits().size() - 1))
                .contains("learnt from none of the 22 normal images of 11 patients of data", "was not checked");
        List<Double> served = new ArrayList<>();
        try (Restorer restorer = Restorer.open(release, "cpu", 4);
                Stream<Path> files = Files.list(folder.resolve("data/normal"))) {
            for (Path file : files.toList()) {
                var restored = restorer.restore(List.of(ImageFile.read(file))).get(0);
                assertThat((double) restored.restored()[500])
                        .isCloseTo(Math.tanh(restored.input()[500] / 2.0), within(1e-6));
                served.add(Findings.of(restored, release).score());
            }
        }
        served.sort(null);
        for (int i = 0; i < served.size(); i++) {
            assertThat(release.file().calibration().scores().get(i)).isCloseTo(served.get(i), within(1e-4));
        }
        assertThat(importNetwork(1)).contains("is a release already").hasLineCount(1);
        assertThat(execute(1, "release", "ensemble", "--member", out.toString(), "--data", "x", "--out", "models/e/1"))
                .contains("was imported")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--script  | absent.pt        | there is no file",
                "--script  | profile.json     | is no TorchScript",
                "--script  | small.pt         | makes float32 (1, 1, 1, 1) of float32 (1, 1, 32, 32)",
                "--script  | nan.pt           | not finite",
                "--profile | absent.json      | absent.json",
                "--profile | network.pt       | network.pt line 1 is not JSON",
                "--data    | absent           | absent is no folder",
                "--data    | few              | 3 normal images and 20 are needed"
            })
    void whatIsWrongIsSaidInOneLine(String option, String value, String message) throws IOException {
        Scripts.write(folder.resolve("small.pt"), "torch.mean(x, [2, 3], True)");
        Scripts.write(folder.resolve("nan.pt"), "torch.log(torch.sub(x, 2))");
        Heads.write(folder.resolve("few"), 3);
        assertThat(importNetwork(1, option, folder.resolve(value).toString()))
                .startsWith("rigatino release import: ")
                .contains(message)
                .hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void whatAnImportedNetworkHeldBackIsNotKnown() {
        importNetwork(0);
        String[] calibrate = {
            "calibrate",
            "--held-back",
            "--model",
            out.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--out",
            "m/1"
        };
        assertThat(execute(1, calibrate))
                .startsWith("rigatino calibrate: --held-back: mine/1 was imported")
                .contains("leave the option out")
                .hasLineCount(1);
        assertThat(Path.of("m/1")).doesNotExist();
    }

    /** The folder's name is that of what calibrated it, not of what it learnt from. */
    @Test
    void anImportedNetworkIsCalibratedAnewOnAFolderOfTheSameName() {
        importNetwork(0);
        Path again = folder.resolve("again/mine/2");
        execute(
                0,
                "calibrate",
                "--model",
                out.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--out",
                again.toString());
        assertThat(again).isDirectory();
    }

    @Test
    void aCriticThatIsNotThereIsNotScoredWith() throws IOException {
        Path profile = folder.resolve("profile.json");
        Files.writeString(profile, Files.readString(profile).replace("\"criticWeight\": 0", "\"criticWeight\": 1"));
        assertThat(importNetwork(1)).contains("has no critic").hasLineCount(1);
    }
}
