package org.rigatino.proof.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The file system of instances and overlays. Where we are root it is one of its own, in memory and of limited size, that
 * can be filled; otherwise it is a plain folder, and filling it is left out.
 */
final class Disk implements AutoCloseable {
    private final Path folder;
    private final boolean mounted;

    private Disk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    static Disk make(Path folder, int megabytes) throws IOException {
        Path path = Files.createDirectories(folder).toAbsolutePath();
        boolean mounted =
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "rigatino-soak", path.toString());
        return new Disk(path, mounted);
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    boolean canBeFilled() {
        return mounted;
    }

    void fill() {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(balloon())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(balloon());
    }

    private Path balloon() {
        return folder.resolve("balloon");
    }

    /** What it held is gone with it. */
    @Override
    public void close() throws IOException {
        if (mounted && !run("umount", folder.toString())) {
            run("umount", "-l", folder.toString());
        }
    }
}
