package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A process whose Java memory is fixed, and whose Java is not compiled: what {@code malloc} gives out is the engine's. */
class NativeMemoryIT {
    /** The first two are of what is loaded and compiled once. */
    private static final int LOOKS = 5;

    private static final int STEPS = 5;
    /** An array of the batch that every step leaves behind is 64 KiB each time, 320 KiB from each look to the next. */
    private static final int MOST_KIB = 160;

    private static final int COLLECTIONS = 6;

    @TempDir
    Path folder;

    @Test
    void aTrainingDoesNotGrow() throws IOException, InterruptedException {
        assumeTrue(Platform.isLinux(), "absent: glibc");
        List<String> fixed = List.of("-Xmx96m", "-XX:MaxDirectMemorySize=64m", "-Xint");
        TrainingProcess process = TrainingProcess.start(folder, fixed, NativeMemoryIT.class);
        assertThat(process.exit()).as(process.output()).isZero();
        assertThat(told(process.output(), "of another thread"))
                .as("what is measured")
                .isGreaterThanOrEqualTo(1024);
        assertThat(told(process.output(), "grown")).as(process.output()).isLessThan(MOST_KIB);
    }

    private static int told(String output, String what) {
        return output.lines()
                .filter(line -> line.startsWith(what + ": "))
                .mapToInt(line -> Integer.parseInt(line.substring(what.length() + 2)))
                .findFirst()
                .orElseThrow();
    }

    public static void main(String[] args) {
        TrainingOptions common = CommandLine.populateCommand(
                new TrainingOptions(), "--width", "2", "--batch", "4", "--iterations", "1000");
        SaganOptions sagan = CommandLine.populateCommand(
                new SaganOptions(), "--adversarial-weight", "1", "--identity-weight", "1", "--keep", "0.95");
        List<TrainingImage> images = images();
        try (Trainer trainer = sagan.recipe(common).trainer("cpu", images, images)) {
            List<Integer> used = new ArrayList<>();
            for (int look = 0; look < LOOKS; look++) {
                for (int i = 0; i < STEPS; i++) {
                    trainer.step();
                    trainer.restore(images.get(0).values());
                }
                used.add(settled());
            }
            System.out.println("in use: " + used);
            System.out.println("grown: "
                    + IntStream.range(2, LOOKS)
                            .map(look -> used.get(look) - used.get(look - 1))
                            .min()
                            .orElseThrow());
            System.out.println("of another thread: " + ofAnotherThread());
        }
    }

    /** KiB by which what is in use grows by 16 blocks of 64 KiB, as large as an array of the batch. */
    private static int ofAnotherThread() {
        int before = settled();
        List<Memory> taken = CompletableFuture.supplyAsync(() ->
                        Stream.generate(() -> new Memory(64 << 10)).limit(16).toList())
                .join();
        int grown = settled() - before;
        Reference.reachabilityFence(taken);
        return grown;
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

    /** KiB that {@code malloc} has given out to any thread, less what a thread of Java's gives back after a collection. */
    private static int settled() {
        return IntStream.range(0, COLLECTIONS)
                .map(collection -> {
                    System.gc();
                    return inUse();
                })
                .min()
                .orElseThrow();
    }

    private static int inUse() {
        Malloc.Information said = Malloc.C.mallinfo2();
        return (int) ((said.uordblks.longValue() + said.hblkhd.longValue()) / 1024);
    }

    /** Of glibc since 2.33. */
    public interface Malloc extends Library {
        Malloc C = Native.load("c", Malloc.class);

        Information mallinfo2();

        @FieldOrder({
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost"
        })
        final class Information extends Structure implements Structure.ByValue {
            public NativeLong arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
        }
    }
}
