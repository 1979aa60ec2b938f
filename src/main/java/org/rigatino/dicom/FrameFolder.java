package org.rigatino.dicom;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.filefilter.AgeFileFilter;
import org.jboss.logging.Logger;

/** Where one compressed frame and what a decoder makes of it lie for a moment. What a killed process left goes with the next start. */
final class FrameFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FrameFolder.class);
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final String PREFIX = "rigatino-frame";

    /** Longer than any frame is decoded, by another process too. */
    private static final Duration LEFT = Duration.ofHours(24);

    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private final Path folder;

    private FrameFolder(Path folder) {
        this.folder = folder;
    }

    static FrameFolder create() throws UnavailableFileException {
        FrameFolder made = create(TEMPORARY);
        if (SWEPT.compareAndSet(false, true)) {
            deleteLeft(TEMPORARY, made.folder);
        }
        return made;
    }

    /** @throws UnavailableFileException where it cannot be made: that says nothing of the frame */
    static FrameFolder create(Path parent) throws UnavailableFileException {
        try {
            return new FrameFolder(Files.createTempDirectory(parent, PREFIX));
        } catch (IOException e) {
            throw full(parent, e);
        }
    }

    /**
     * Of frames that a process was killed over, which are pixels of patients.
     *
     * @param own whose owner theirs is too: in a folder that is everybody's a link of another's may lead anywhere
     */
    static void deleteLeft(Path parent, Path own) {
        AgeFileFilter old = new AgeFileFilter(System.currentTimeMillis() - LEFT.toMillis());
        File[] left = parent.toFile()
                .listFiles(file -> file.getName().startsWith(PREFIX) && isOf(own, file.toPath()) && old.accept(file));
        for (File each : left == null ? new File[0] : left) {
            if (!FileUtils.deleteQuietly(each)) {
                LOG.warnf("%s was left by a process that ended over a frame, and cannot be deleted: delete it", each);
            }
        }
    }

    private static boolean isOf(Path own, Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own));
        } catch (IOException e) {
            return false;
        }
    }

    Path compressed() {
        return folder.resolve("compressed.dcm");
    }

    Path decoded() {
        return folder.resolve("decoded.dcm");
    }

    /** @throws UnavailableFileException where there is no room for it */
    void write(byte[] compressed) throws UnavailableFileException {
        try {
            Files.write(compressed(), compressed);
        } catch (IOException e) {
            throw full(folder.getParent(), e);
        }
    }

    /**
     * A decoder that finds no room ends as one that refuses its frame does.
     *
     * @param bytes that it writes
     * @throws UnavailableFileException where there is less
     */
    void requireRoom(long bytes) throws UnavailableFileException {
        long usable = folder.toFile().getUsableSpace();
        if (usable < bytes) {
            throw full(folder.getParent(), new IOException(usable + " bytes are free where a frame needs " + bytes));
        }
    }

    static UnavailableFileException full(Path parent, IOException cause) {
        return new UnavailableFileException(new IOException(
                "the folder of temporary files " + parent + " does not take it, make room there: " + cause.getMessage(),
                cause));
    }

    static UnavailableFileException full(IOException cause) {
        return full(TEMPORARY, cause);
    }

    @Override
    public void close() {
        FileUtils.deleteQuietly(folder.toFile());
    }
}
