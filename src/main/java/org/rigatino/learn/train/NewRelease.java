package org.rigatino.learn.train;

import java.nio.file.Files;
import java.nio.file.Path;
import org.rigatino.restore.ModelRelease;

/** Where a release is to lie: {@code models/NAME/VERSION}. */
record NewRelease(Path directory) {
    /** @throws IllegalArgumentException where the path names no release, or there is one */
    NewRelease {
        if (directory.getNameCount() < 2) {
            throw new IllegalArgumentException("--out " + directory + " names no release: it is models/NAME/VERSION");
        }
        if (Files.exists(directory.resolve(ModelRelease.RELEASE_FILE))) {
            throw new IllegalArgumentException(
                    "--out " + directory + " is a release already, and releases do not change");
        }
    }

    String name() {
        return directory.getName(directory.getNameCount() - 2).toString();
    }

    String version() {
        return directory.getFileName().toString();
    }
}
