package org.rigatino.learn.train;

import java.nio.file.Files;
import java.nio.file.Path;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseName;

/** Where a release is to lie: {@code models/NAME/VERSION}. */
record NewRelease(Path directory) {
    /** @throws IllegalArgumentException where the path names no release, or there is one */
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
        if (Files.exists(directory.resolve(ModelRelease.RELEASE_FILE))) {
            throw new IllegalArgumentException(
                    "--out " + directory + " is a release already, and releases do not change");
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
