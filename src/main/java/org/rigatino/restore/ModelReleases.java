package org.rigatino.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;

/** The releases in service, and which of them an instance is for. Immutable. */
public final class ModelReleases {
    /** Says that no release is in service at all. */
    public static final String NO_MODEL_RULE = "no-model";
    /** Says that more than one release takes the instance, and none is the right one to guess. */
    public static final String AMBIGUOUS_RULE = "ambiguous-model";

    /** Exactly one of the two is there, the other null. */
    public record Choice(ModelRelease release, String refusalRule) {}

    private final List<ModelRelease> releases;

    private ModelReleases(List<ModelRelease> releases) {
        this.releases = List.copyOf(releases);
    }

    /**
     * Loads every {@code NAME/VERSION} under a directory.
     *
     * @throws IOException where a release is broken, or where two could be for the same image
     */
    public static ModelReleases load(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory.toAbsolutePath()
                    + " of model releases: set rigatino.restore.models");
        }
        List<Path> found;
        try (Stream<Path> paths = Files.find(
                directory,
                3,
                (path, attributes) -> path.getFileName().toString().equals(ModelRelease.RELEASE_FILE)
                        && directory.relativize(path).getNameCount() == 3)) {
            found = paths.map(Path::getParent).sorted().toList();
        }
        List<ModelRelease> releases = new ArrayList<>();
        for (Path release : found) {
            releases.add(ModelRelease.load(release));
        }
        return of(releases);
    }

    /** @throws IOException where two could be for the same image */
    static ModelReleases of(List<ModelRelease> releases) throws IOException {
        for (int i = 0; i < releases.size(); i++) {
            for (int j = i + 1; j < releases.size(); j++) {
                if (releases.get(i)
                        .file()
                        .eligibility()
                        .overlaps(releases.get(j).file().eligibility())) {
                    throw new IOException("model releases " + releases.get(i).directory() + " and "
                            + releases.get(j).directory()
                            + " are eligible for the same images: keep one of them there and move the other away");
                }
            }
        }
        return new ModelReleases(releases);
    }

    public List<ModelRelease> all() {
        return releases;
    }

    /** The release that is eligible for the instance, or the name of the rule that refused it. */
    public Choice choose(Dataset header) {
        ModelRelease eligible = null;
        Eligibility.Refusal nearest = new Eligibility.Refusal(NO_MODEL_RULE, -1);
        for (ModelRelease release : releases) {
            Optional<Eligibility.Refusal> refusal = release.file().eligibility().refusal(header);
            if (refusal.isEmpty() && eligible != null) {
                return new Choice(null, AMBIGUOUS_RULE);
            } else if (refusal.isEmpty()) {
                eligible = release;
            } else if (refusal.get().passed() > nearest.passed()) {
                nearest = refusal.get();
            }
        }
        return eligible == null ? new Choice(null, nearest.rule()) : new Choice(eligible, null);
    }
}
