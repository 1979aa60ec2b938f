package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Neither training nor drawing must depend on what lay in memory before it came. A library of a few lines, loaded before all others,
 * fills each piece of fresh memory with one byte: 0xFF makes every float of it NaN.
 */
class FreshMemoryIT {
    private static final Path SOURCE = Path.of("src/test/resources/org/rigatino/learn/train/fresh-memory.c");
    private static final String LEARNT = "learnt ";
    private static final int STEPS = 2;
    private static final List<String> HEAP = List.of("-Xmx512m");
    /** The first has numbers of channels that are no whole blocks of the engine, in drawing too. */
    private static final List<Integer> WIDTHS = List.of(12, 16);

    private static final List<String> GRIDS = List.of("64", "128");
    private static final Map<String, MethodOptions> METHODS = new TreeMap<>(Map.of(
            "autoencoder", options(new AutoencoderOptions()),
            "proxyano", options(new ProxyAnoOptions(), "--segments=40", "--reality-weight=0.01"),
            "sagan", sagan("--arithmetic=float32", "--patch=32"),
            "sagan as released", sagan("--arithmetic=bfloat16", "--patch=64")));

    /** What oneDNN says of a pass for the gradient of the weights, some of whose channels it padded: flag p of a layout. */
    private static final Pattern PADDED = Pattern.compile(
            "onednn_verbose,.*,(convolution|deconvolution),[^,]*,backward_weights,.*:[a-z]*p[a-z]*:blocked:");

    @TempDir
    Path folder;

    private static MethodOptions sagan(String arithmetic, String patch) {
        return options(
                new SaganOptions(),
                arithmetic,
                patch,
                "--adversarial-weight=0.02",
                "--critic-sees=both",
                "--identity-weight=1");
    }

    private static MethodOptions options(MethodOptions options, String... arguments) {
        return CommandLine.populateCommand(options, arguments);
    }

    @Test
    void whatIsLearntIsFiniteAndTheSameWhateverLayInMemory() throws IOException, InterruptedException {
        Path preload = preload();
        TrainingProcess ones = start(preload, "0xFF");
        TrainingProcess zeros = start(preload, "0x00");
        assertThat(learnt(ones))
                .hasSize(METHODS.size() * WIDTHS.size() * GRIDS.size())
                .noneMatch(line -> line.contains("not finite"))
                .containsExactlyElementsOf(learnt(zeros));
        assertThat(ones.output()).doesNotContain("NNPACK", "Warning");
    }

    @Test
    void theEngineHasNoChannelsToPadWhereItComputesTheGradientOfWeights() throws IOException, InterruptedException {
        TrainingProcess process =
                TrainingProcess.start(folder, HEAP, Map.of("ONEDNN_VERBOSE", "1"), FreshMemoryIT.class, GRIDS.get(0));
        assertThat(learnt(process)).isNotEmpty();
        try (var lines = Files.lines(process.log())) {
            assertThat(lines.filter(PADDED.asPredicate()).findFirst()).isEmpty();
        }
    }

    private Path preload() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "absent: Linux, whose loader takes a preload");
        Path preload = folder.resolve("fresh-memory.so");
        assumeTrue(compiles(preload), "absent: a C compiler (cc)");
        return preload;
    }

    private static boolean compiles(Path preload) throws InterruptedException {
        ProcessBuilder compiler =
                new ProcessBuilder("cc", "-O1", "-shared", "-fPIC", "-o", preload.toString(), SOURCE.toString());
        try {
            assertThat(compiler.inheritIO().start().waitFor()).isZero();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private TrainingProcess start(Path preload, String filling) throws IOException {
        Map<String, String> environment = Map.of("LD_PRELOAD", preload.toString(), "FRESH_MEMORY", filling);
        return TrainingProcess.start(folder, HEAP, environment, FreshMemoryIT.class, GRIDS.toArray(String[]::new));
    }

    private static List<String> learnt(TrainingProcess process) throws IOException, InterruptedException {
        int exit = process.exit();
        try (var lines = Files.lines(process.log())) {
            List<String> learnt = lines.filter(line -> line.startsWith(LEARNT)).toList();
            assertThat(exit)
                    .as("exit status after %s, see %s", learnt, process.log())
                    .isZero();
            return learnt;
        }
    }

    /** @param grids to learn on */
    public static void main(String[] grids) throws IOException, NoSuchAlgorithmException {
        for (String method : METHODS.keySet()) {
            for (int width : WIDTHS) {
                for (String grid : grids) {
                    String learnt = learn(METHODS.get(method), width, grid);
                    System.out.printf("%s%s, width %d, grid %s: %s%n", LEARNT, method, width, grid, learnt);
                }
            }
        }
    }

    private static String learn(MethodOptions method, int width, String grid)
            throws IOException, NoSuchAlgorithmException {
        TrainingOptions common = CommandLine.populateCommand(
                new TrainingOptions(), "--width=" + width, "--grid=" + grid, "--batch=2", "--iterations=" + STEPS);
        List<TrainingImage> images = Waves.images(Integer.parseInt(grid));
        try (Trainer trainer = method.recipe(common).trainer("cpu", images, images)) {
            while (!trainer.finished()) {
                trainer.step();
            }
            float[] drawn = trainer.restore(images.get(0).values());
            return trainer.finite() && finite(drawn) ? digest(trainer, drawn) : "not finite";
        }
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Of weights and moments, which are taken up again on the way, and of what they draw. */
    private static String digest(Trainer trainer, float[] drawn) throws IOException, NoSuchAlgorithmException {
        byte[] state = state(trainer);
        trainer.load(new DataInputStream(new ByteArrayInputStream(state)));
        assertThat(state(trainer)).isEqualTo(state);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(state);
        return HexFormat.of().formatHex(digest.digest(Arrays.toString(drawn).getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] state(Trainer trainer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trainer.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
