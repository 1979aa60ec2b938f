package org.rigatino.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.rigatino.dicom.Dataset;

/** The releases in service, and which of them an instance is for. */
public final class ModelReleases {
    /** Exactly one of the two is there. */
    public record Choice(ModelRelease release, String refusalRule) {}

    private ModelReleases() {}

    /** Loads every {@code NAME/VERSION} under a directory. */
    public static ModelReleases load(Path directory) throws IOException {
        throw new UnsupportedOperationException();
    }

    public List<ModelRelease> all() {
        throw new UnsupportedOperationException();
    }

    /** The release that is eligible for the instance, or the name of the rule that refused it. */
    public Choice choose(Dataset header) {
        throw new UnsupportedOperationException();
    }
}
