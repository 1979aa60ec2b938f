package org.rigatino.learn.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.rigatino.Patience;
import org.rigatino.TestJvm;

/** A Java process of its own, for what signals and limits of memory do to a training. */
final class TrainingProcess {
    private final Process process;
    private final Path log;

    private TrainingProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param options of Java */
    static TrainingProcess start(Path folder, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        return start(folder, options, Map.of(), main, arguments);
    }

    /** @param environment beside what this process has */
    static TrainingProcess start(
            Path folder, List<String> options, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("-Dai.djl.pytorch.num_threads=1");
        List<String> command = TestJvm.of(main, all.toArray(String[]::new));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "process", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().putAll(environment);
        return new TrainingProcess(builder.start(), log);
    }

    Process process() {
        return process;
    }

    /** Of both of its streams. */
    Path log() {
        return log;
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(Patience.PROCESS.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process did not end");
        }
        return process.exitValue();
    }

    /** Discs of noise of five patients in {@code normal}. */
    static Path writeNormals(Path folder) throws IOException {
        Path normal = Files.createDirectories(folder.resolve("data/normal"));
        Random random = new Random(4);
        for (int n = 0; n < 5; n++) {
            BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 64 * 64; i++) {
                boolean inside = Math.hypot(i / 64 - 32, i % 64 - 32) < 26;
                image.getRaster().setSample(i % 64, i / 64, 0, inside ? 90 + random.nextInt(60) : 0);
            }
            ImageIO.write(image, "png", normal.resolve("p" + n + ".png").toFile());
        }
        return normal.getParent();
    }
}
