package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Rigatino;
import picocli.CommandLine;

/** An option that the method has no use for is a mistake, which is said before anything is read. */
class MethodOptionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "sagan, --segments, 100, proxyano",
        "sagan, --latent, 8, autoencoder",
        "proxyano, --patch, 64, sagan",
        "autoencoder, --position, spoken, sagan",
        "sagan, --feature-weight, 1, proxyano",
        "proxyano, --reconstruction, absolute, autoencoder",
        "autoencoder, --adversarial-weight, 0.1, sagan",
        "autoencoder, --sharpness, 10, proxyano",
        "sagan, --behind, models/heads/1, reader",
    })
    void anOptionOfAnotherMethodIsRefusedInOneLine(String method, String option, String value, String owner) {
        assertThat(refusal("--method", method, option, value))
                .isEqualTo(option + " is an option of --method " + owner + ", not of " + method);
    }

    @Test
    void withoutPseudoAnomaliesThereIsACritic() {
        assertThat(refusal("--pseudo-anomaly", "none"))
                .isEqualTo("training recipe: without pseudo-anomalies only the critic teaches: give it an adversarial"
                        + " weight");
    }

    @Test
    void aPositionThatIsNotKnownIsRefused() {
        assertThat(refusal("--position", "silent")).isEqualTo("--position is silent: it is none, published, spoken");
    }

    @Test
    void theCriticOfFeaturesNeedsAGridThatItsLayersHalve() {
        assertThat(refusal("--method", "proxyano", "--feature-weight", "1", "--grid", "96"))
                .isEqualTo("training recipe: the critic needs a grid that is a multiple of 64");
    }

    private String refusal(String... options) {
        Path out = folder.resolve("models/no/1");
        StringWriter console = new StringWriter();
        List<String> line = new ArrayList<>(List.of("train", "--data", "absent", "--out", out.toString()));
        line.addAll(List.of(options));
        int exit = new CommandLine(new Rigatino())
                .setErr(new PrintWriter(console, true))
                .execute(line.toArray(String[]::new));
        assertThat(exit).isEqualTo(1);
        assertThat(out).doesNotExist();
        assertThat(console.toString()).startsWith("rigatino train: ");
        return console.toString().strip().substring("rigatino train: ".length());
    }
}
