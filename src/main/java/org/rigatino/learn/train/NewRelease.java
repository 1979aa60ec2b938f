package org.rigatino.learn.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseName;

/** Where a release is to lie: {@code models/NAME/VERSION}. */
record NewRelease(Path directory) {
    /** Files of a release, and their seal. */
    interface Content {
        /** @param folder empty */
        void write(Path folder) throws IOException;
    }

    /** @throws IllegalArgumentException where the path names no release, or there is one, or anything else */
    NewRelease {
        if (directory.getNameCount() < 2) {
            throw new IllegalArgumentException("--out " + directory + " names no release: it is models/NAME/VERSION");
        }
        try {
            ReleaseName.require(name(directory), directory.getFileName().toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--out " + directory + ", as in models/NAME/VERSION: " + e.getMessage(), e);
        }
        requireFree(directory);
    }

    private static void requireFree(Path directory) {
        if (Files.isSymbolicLink(directory)) {
            throw new IllegalArgumentException("--out " + directory
                    + " is a symbolic link, which a release cannot be put in the place of: name the folder itself");
        }
        if (Files.exists(directory.resolve(ModelRelease.RELEASE_FILE))) {
            throw new IllegalArgumentException("--out " + directory
                    + " is a release already, and releases do not change: give it another name or version");
        }
        if (Files.exists(directory) && !isEmptyFolder(directory)) {
            throw new IllegalArgumentException("--out " + directory
                    + " is there already, and no empty folder: move it away, or give another name or version");
        }
    }

    private static boolean isEmptyFolder(Path path) {
        try {
            return Files.isDirectory(path) && PathUtils.isEmptyDirectory(path);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes the release, which is there as a whole or not at all: it is written beside its place, too deep to be found as
     * one, and then moved there.
     *
     * @throws IllegalArgumentException where something has come there since; it stays as it is
     */
    ModelRelease write(Content content) throws IOException {
        Path place = directory.toAbsolutePath();
        Path beside = place.resolveSibling("." + version() + "-" + UUID.randomUUID());
        try {
            Path written = Files.createDirectories(beside.resolve(version()));
            content.write(written);
            force(written);
            move(written, place);
            forceOne(place.getParent());
        } finally {
            FileUtils.deleteQuietly(beside.toFile());
        }
        return ModelRelease.load(directory);
    }

    /** A power cut leaves no name of a file that is not there. */
    private static void force(Path written) throws IOException {
        try (Stream<Path> all = Files.walk(written)) {
            for (Path each : all.toList()) {
                forceOne(each);
            }
        }
    }

    private static void forceOne(Path fileOrFolder) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** An empty folder gives way, anything else refuses. */
    private void move(Path written, Path place) throws IOException {
        try {
            Files.move(written, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            requireFree(directory);
            throw e;
        }
    }

    String name() {
        return name(directory);
    }

    private static String name(Path directory) {
        return directory.getName(directory.getNameCount() - 2).toString();
    }

    String version() {
        return directory.getFileName().toString();
    }
}
