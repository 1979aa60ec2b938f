package org.rigatino.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies below a folder, wherever links lead: what somebody linked there he named, as if it lay there itself. */
public final class FolderTree {
    private FolderTree() {}

    /**
     * In the order of their names; also what a link names that is not there or cannot be reached, so that whoever reads it tells of it.
     *
     * @throws IOException where a folder cannot be looked through, or a link leads back to one around it; says which
     */
    public static List<Path> files(Path folder, int depth) throws IOException {
        try (Stream<Path> tree = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return tree.filter(file -> Files.isRegularFile(file) || !Files.exists(file))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            String why = e.getCause() instanceof FileSystemLoopException loop
                    ? loop.getFile() + " leads back to a folder around it: take that link away"
                    : String.valueOf(e.getCause());
            throw new IOException("cannot look through " + folder + ": " + why, e);
        }
    }
}
