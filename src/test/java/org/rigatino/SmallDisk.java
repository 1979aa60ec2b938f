package org.rigatino;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.rigatino.dicom.Tool;

/** A file system of its own, in memory, that can be filled to its last byte. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, and says so, where none can be mounted, as by whoever is not root. */
    public static SmallDisk mount(Path folder, int megabytes) throws Exception {
        Files.createDirectories(folder);
        Tool.Result mounted = Tool.run(
                List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "rigatino-test", folder.toString()));
        Assumptions.assumeTrue(
                mounted.exitCode() == 0,
                "NOT TESTED: no file system can be mounted that can be filled: " + mounted.output());
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    public void fillBut(int megabytes) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = balloonOut()) {
            while (folder.toFile().getUsableSpace() > (long) megabytes << 20) {
                out.write(block);
            }
        }
    }

    /** Again, where somebody has made room meanwhile. */
    public void fill() {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = balloonOut()) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    public void empty() throws IOException {
        Files.delete(balloon());
    }

    private OutputStream balloonOut() throws IOException {
        return Files.newOutputStream(balloon(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path balloon() {
        return folder.resolve("balloon");
    }

    /** What it held is gone with it. */
    @Override
    public void close() throws Exception {
        Tool.runSuccessfully("umount", "-l", folder.toString());
    }
}
