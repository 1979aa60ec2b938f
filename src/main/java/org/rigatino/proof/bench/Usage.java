package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a Java process takes of memory while it is watched: its heap by {@code jcmd}, all of it by Linux's account. */
final class Usage {
    private static final long MEGABYTE = 1 << 20;
    private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(5);

    private final long pid;
    private double live;
    private double resident;
    private long looked = System.nanoTime() - BETWEEN_LOOKS;

    Usage(long pid) {
        this.pid = pid;
    }

    /** The peak of resident memory counts from here (proc(5)). */
    void begin() throws IOException {
        Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
    }

    /** Collects the garbage and counts what is left, not more often than every five seconds. */
    void look() throws IOException {
        if (System.nanoTime() - looked < BETWEEN_LOOKS) {
            return;
        }
        Process jcmd = new ProcessBuilder("jcmd", Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String total = said.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd tells nothing of process " + pid + ": " + said));
        live = Math.max(live, Double.parseDouble(total.trim().split(" +")[2]) / MEGABYTE);
        looked = System.nanoTime();
    }

    /** Most megabytes that were in use on the heap after a collection. */
    double live() {
        return live;
    }

    /** Most megabytes resident from {@link #begin} to {@link #end}: heap, native memory, code, stacks, mapped files. */
    double resident() {
        return resident;
    }

    void end() throws IOException {
        resident = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
