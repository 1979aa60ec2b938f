package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A process whose Java memory is fixed and touched from the start: what it grows by is the engine's. */
class NativeMemoryIT {
    private static final Path STATUS = Path.of("/proc/self/status");
    /** The first two are of what is loaded and compiled once. */
    private static final int LOOKS = 5;

    private static final int STEPS = 20;
    /** An array of the batch that every step leaves behind is 64 KiB each time, 1.25 MiB from each look to the next. */
    private static final int MOST_KIB = 1024;
    /**
     * glibc maps each block from 16 KiB on by itself and gives it back when it is freed, so that what is resident is
     * what is in use: from its heap the rest after a step differs by 10 MiB from that after another.
     */
    private static final Map<String, String> MAPPED =
            Map.of("MALLOC_MMAP_THRESHOLD_", "16384", "MALLOC_TRIM_THRESHOLD_", "65536", "MALLOC_MMAP_MAX_", "1000000");

    @TempDir
    Path folder;

    @Test
    void aTrainingDoesNotGrow() throws IOException, InterruptedException {
        assumeTrue(Files.exists(STATUS), "absent: /proc");
        List<String> fixed = List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:MaxDirectMemorySize=64m");
        TrainingProcess process = TrainingProcess.start(folder, fixed, MAPPED, NativeMemoryIT.class);
        assertThat(process.exit()).as(process.output()).isZero();
        String grown = process.output()
                .lines()
                .filter(line -> line.startsWith("grown "))
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(grown.split(" ")[1])).as(process.output()).isLessThan(MOST_KIB);
    }

    public static void main(String[] args) throws IOException {
        TrainingOptions common = CommandLine.populateCommand(
                new TrainingOptions(), "--width", "2", "--batch", "4", "--iterations", "1000");
        SaganOptions sagan = CommandLine.populateCommand(
                new SaganOptions(), "--adversarial-weight", "1", "--identity-weight", "1", "--keep", "0.95");
        List<TrainingImage> images = images();
        try (Trainer trainer = sagan.recipe(common).trainer("cpu", images, images)) {
            List<Integer> resident = new ArrayList<>();
            for (int look = 0; look < LOOKS; look++) {
                for (int i = 0; i < STEPS; i++) {
                    trainer.step();
                    trainer.restore(images.get(0).values());
                }
                resident.add(settled());
            }
            System.out.println("resident " + resident);
            System.out.println("grown "
                    + IntStream.range(2, LOOKS)
                            .map(look -> resident.get(look) - resident.get(look - 1))
                            .min()
                            .orElseThrow());
        }
    }

    private static List<TrainingImage> images() {
        List<TrainingImage> images = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            float[] values = new float[64 * 64];
            boolean[] foreground = new boolean[values.length];
            Arrays.fill(foreground, true);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i / 64 / 9.0 + i % 64 / 7.0 + n) / 2;
            }
            images.add(new TrainingImage(values, foreground));
        }
        return images;
    }

    /** Resident KiB once Java has given back the buffers that it no longer uses. */
    private static int settled() throws IOException {
        System.gc();
        System.gc();
        String resident = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(resident.replaceAll("\\D", ""));
    }
}
