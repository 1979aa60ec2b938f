package org.rigatino.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptedNetworkTest {
    private static final int SIDE = 4;

    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    Path folder;

    @AfterEach
    void free() {
        manager.close();
    }

    private ScriptedNetwork read(Path file) throws IOException {
        return ScriptedNetwork.read(file, manager, SIDE);
    }

    @Test
    void drawsWhatTheScriptSays() throws IOException {
        Path file = Scripts.write(folder.resolve("model.pt"), "torch.add(torch.mul(x, 0.5), 0.25)");
        float[] image = new float[SIDE * SIDE];
        image[3] = 1;
        image[5] = -0.5f;
        float[] drawn = read(file).draw(image, manager, SIDE);
        assertThat(drawn).hasSize(SIDE * SIDE);
        assertThat(drawn[0]).isEqualTo(0.25f);
        assertThat(drawn[3]).isEqualTo(0.75f);
        assertThat(drawn[5]).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "torch.mean(x, [2, 3], True)     | makes float32 (1, 1, 1, 1) of float32 (1, 1, 4, 4)",
                "torch.to(x, 7)                  | makes float64 (1, 1, 4, 4) of float32 (1, 1, 4, 4)",
                "torch.log(torch.sub(x, 2))      | draws values that are not finite",
                "torch.reciprocal(torch.sub(x, x)) | draws values that are not finite",
                "torch.nonsense(x)               | Unknown builtin op: aten::nonsense",
                "torch.rand_like(x)              | something else each time for the same image",
                "torch.view(x, [3])              | shape '[3]' is invalid for input of size 16"
            })
    void whatIsNoRestorationIsRefusedInOneLine(String expression, String message) {
        Path file = Scripts.write(folder.resolve("model.pt"), expression);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(message)
                .matches(e -> e.getMessage().lines().count() == 1);
    }

    @Test
    void anImageThatIsDrawnWithoutNumbersIsRefusedLater() throws IOException {
        ScriptedNetwork network = read(Scripts.write(folder.resolve("model.pt"), "torch.sqrt(torch.add(x, 1))"));
        float[] image = new float[SIDE * SIDE];
        image[7] = -1.5f;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.draw(image, manager, SIDE))
                .withMessageContaining("not finite");
    }

    @Test
    void whatIsNoTorchScriptIsRefusedInOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pt"), "weights");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessageStartingWith(text + " is no TorchScript")
                .withMessageContaining("torch.jit.trace")
                .matches(e -> e.getMessage().lines().count() == 1);
        assertThatIOException()
                .isThrownBy(() -> read(folder.resolve("absent.pt")))
                .withMessage("there is no file " + folder.resolve("absent.pt"));
    }

    /** 20 channels in between, which oneDNN computes wrongly where a processor hides its caches. */
    @Test
    void whatAScriptConvolvesIsTheSumsThatItIsMeantToBe() throws IOException {
        String few =
                "torch.conv2d(torch.expand(x, [-1, 20, -1, -1]), torch.ones([20, 20, 3, 3]), None, [1, 1], [1, 1])";
        ScriptedNetwork network =
                read(Scripts.write(folder.resolve("model.pt"), "torch.slice(torch.div(" + few + ", 20), 1, 0, 1)"));
        try (NDManager scratch = manager.newSubManager()) {
            float[] ones = new float[2 * SIDE * SIDE];
            Arrays.fill(ones, 1);
            NDArray x = scratch.create(ones, new Shape(2, 1, SIDE, SIDE));
            NDArray drawn = network.apply(new ParameterStore(scratch, false), x, false);
            assertThat(drawn.toFloatArray()[5]).as("inside").isEqualTo(9);
            assertThat(drawn.toFloatArray()[0]).as("at a corner").isEqualTo(4);
        }
    }
}
