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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Rigatino;
import org.rigatino.restore.Releases;
import picocli.CommandLine;

/** What no training, calibration or measurement can use is refused before data is looked for: there is none here. */
class OptionRangeTest {
    @TempDir
    Path folder;

    private String refusal(String command, String out, String... options) {
        StringWriter console = new StringWriter();
        List<String> line = new ArrayList<>(List.of(command, "--data", "absent", "--out", out));
        line.addAll(List.of(options));
        int exit = new CommandLine(new Rigatino())
                .setOut(new PrintWriter(console, true))
                .setErr(new PrintWriter(console, true))
                .execute(line.toArray(String[]::new));
        assertThat(exit).as(console.toString()).isEqualTo(1);
        assertThat(console.toString())
                .startsWith("rigatino " + command + ": ")
                .hasLineCount(1)
                .doesNotContain("absent");
        return console.toString();
    }

    private String train(String... options) {
        return refusal("train", folder.resolve("models/no/1").toString(), options);
    }

    @ParameterizedTest
    @CsvSource({
        "--grid, 0, from 8 to 2048",
        "--grid, 100000, from 8 to 2048",
        "--width, 0, from 1 to 1024",
        "--batch, 0, at least",
        "--batch, 2000000000, from 1 to 524287",
        "--iterations, 0, from 1 to 10000000",
        "--iterations, -3, from 1 to 10000000",
        "--every, 0, from 1 to",
        "--learning-rate, 0, above 0",
        "--learning-rate, -1, above 0",
        "--learning-rate, NaN, above 0",
        "--learning-rate, Infinity, 1 at most",
        "--validation-share, 0, above 0 and below 1",
        "--validation-share, 1, above 0 and below 1",
        "--neighbours, 0, from 1 to 1000",
        "--neighbours, 1000000000, from 1 to 1000",
        "--false-alarms, 0, above 0 and below 100",
        "--false-alarms, NaN, above 0 and below 100",
        "--refused-normals, 100, above 0 and below 100",
        "--noise-strength, -1, from 0 to 10",
        "--identity-weight, Infinity, from 0 to 1000000",
        "--adversarial-weight, NaN, from 0 to 1000000",
        "--keep, 0, above 0",
        "--patch, 0, from 16 to",
    })
    void aNumberOutOfItsRangeIsRefusedWithTheRange(String option, String value, String range) {
        assertThat(train(option, value)).contains(option + " ", range.equals("at least") ? "from 1 to" : range);
    }

    @ParameterizedTest
    @CsvSource({
        "autoencoder, --latent, 0, from 1 to",
        "autoencoder, --grid, 65, the side is a power of two",
        "sagan, --grid, 65, the side a multiple of the patch",
        "proxyano, --grid, 65, the side is a multiple of 8",
        "proxyano, --memory, 0, from 1 to",
        "proxyano, --segments, 0, from 1 to 4096",
        "proxyano, --shrinkage, 101, from 0 to 100",
        "proxyano, --compactness, NaN, above 0",
    })
    void aNetworkThatThereIsNotIsRefused(String method, String option, String value, String rule) {
        assertThat(train("--method", method, option, value)).contains(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana", "gpu:", "gpu:-1", "GPU:0", ""})
    void aDeviceThatIsNotKnownIsRefused(String device) {
        assertThat(train("--device", device)).contains("device " + device + ": it is auto, cpu or gpu:N", "--device");
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        assertThat(train("--device", "gpu:99")).contains("device gpu:99", "PyTorch sees");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../m4", "mo/na me;x/1", "models/x/..", "models/./1", "x/1\u00e4", "x/<b>", "x/\"y\""})
    void aReleaseIsNamedByLettersAndDigits(String out) {
        assertThat(refusal("train", out)).contains("--out " + out, "models/NAME/VERSION", "letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m4", "/m4"})
    void aReleaseHasANameAndAVersion(String out) {
        assertThat(refusal("train", out)).contains("--out " + out + " names no release: it is models/NAME/VERSION");
    }

    @ParameterizedTest
    @CsvSource({
        "--neighbours, 0, from 1 to 1000",
        "--neighbours, -3, from 1 to 1000",
        "--false-alarms, 100, above 0 and below 100",
        "--coarse, 1e300, up to 256",
        "--smoothing, 1e9, 0 to 256",
        "--top-share, 0, above 0 and up to 1",
        "--bilateral-limit, Infinity, from 0 to 1000000",
        "--level-clip, NaN, above 1",
        "--critic-weight, Infinity, 0 to 1000000",
        "--device, banana, 'auto, cpu or gpu:N'",
    })
    void aCalibrationsNumberOutOfItsRangeIsRefused(String option, String value, String range) throws IOException {
        String model = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR)
                .directory()
                .toString();
        Path out = folder.resolve("models/tiny/2");
        assertThat(refusal("calibrate", out.toString(), "--model", model, option, value))
                .contains(range);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"--grid, 0, from 8 to 2048", "--grid, 100000, from 8 to 2048", "--device, banana, 'auto, cpu or gpu:N'"
    })
    void aMeasurementsNumberOutOfItsRangeIsRefused(String option, String value, String range) {
        assertThat(refusal("evaluate", folder.resolve("out").toString(), option, value))
                .contains(range);
    }

    /** Of a training that was interrupted, or of one that was given other options. */
    @Test
    void aCheckpointIsNotWrittenOver() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Path checkpoint = Files.writeString(work.resolve("checkpoint"), "of days");
        assertThat(train("--work", work.toString()))
                .contains(checkpoint.toString(), "--resume", "another --out or --work", "remove it");
        assertThat(checkpoint).hasContent("of days");
    }
}
