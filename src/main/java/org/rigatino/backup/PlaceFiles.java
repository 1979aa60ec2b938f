package org.rigatino.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** The files of a place, links followed, while retention deletes some of them. */
abstract class PlaceFiles extends SimpleFileVisitor<Path> {
    /** Made by ext4 at the top of each disk, and root's alone. */
    private static final String LOST_AND_FOUND = "lost+found";

    private final Path place;

    PlaceFiles(Path place) {
        this.place = place;
    }

    /** Does nothing where there is no such folder. */
    final void visit() throws IOException {
        if (Files.isDirectory(place)) {
            Files.walkFileTree(place, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
        }
    }

    /** @param location of a regular file, below the place */
    abstract void file(Path location) throws IOException;

    /** @param location of a file or a folder, below the place */
    abstract void unreadable(Path location, IOException cause) throws IOException;

    @Override
    public final FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()) {
            file(place.relativize(file));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public final FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        boolean ofTheDisk = e instanceof AccessDeniedException && file.equals(place.resolve(LOST_AND_FOUND));
        if (!ofTheDisk && !(e instanceof NoSuchFileException)) {
            unreadable(place.relativize(file), e);
        }
        return FileVisitResult.CONTINUE;
    }
}
