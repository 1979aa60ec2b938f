package org.rigatino.persistence;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The root of a store of patients' images: for the account alone that runs Rigatino, unless the site made it otherwise. */
public final class StoreFolder {
    private StoreFolder() {}

    /** Makes it where it is missing, {@code rwx------}; one that is there keeps its mode. */
    public static Path make(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root.getParent());
            try {
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(root)) {
                    throw e;
                }
            }
        }
        return root;
    }

    /** What to tell of a root in which every account of this machine can look; empty where none can, or there is no root yet. */
    public static Optional<String> openToOthers(Path place) throws IOException {
        Path root = place.toAbsolutePath().normalize();
        if (!Files.isDirectory(root) || !permissions(root).contains(PosixFilePermission.OTHERS_READ)) {
            return Optional.empty();
        }
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            if (!permissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return Optional.empty();
            }
        }
        return Optional.of("every account of this machine can read the images of patients in " + root + ": chmod o-rwx "
                + root + ", or a folder above it");
    }

    private static Set<PosixFilePermission> permissions(Path folder) throws IOException {
        return Files.getPosixFilePermissions(folder);
    }
}
