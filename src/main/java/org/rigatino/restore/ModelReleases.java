package org.rigatino.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;

/** The releases in service, and which of them a frame is for. Immutable. */
public final class ModelReleases {
    /** Says that no release is in service at all. */
    public static final String NO_MODEL_RULE = "no-model";
    /** Says that more than one release takes the frame, and none is the right one to guess. */
    public static final String AMBIGUOUS_RULE = "ambiguous-model";

    /** Exactly one of the two is there, the other null. */
    public record Choice(ModelRelease release, Refusal refusal) {}

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

    /**
     * The release that is eligible for a frame, or the rule that refused it.
     *
     * @param number 1-based
     */
    public Choice choose(Dataset header, int number) {
        ModelRelease eligible = null;
        Eligibility.Judgement nearest = new Eligibility.Judgement(Refusal.of(NO_MODEL_RULE), -1);
        for (ModelRelease release : releases) {
            Optional<Eligibility.Judgement> judgement =
                    release.file().eligibility().judge(header, number);
            if (judgement.isEmpty() && eligible != null) {
                return new Choice(null, Refusal.of(AMBIGUOUS_RULE));
            } else if (judgement.isEmpty()) {
                eligible = release;
            } else if (judgement.get().passed() > nearest.passed()) {
                nearest = judgement.get();
            }
        }
        return eligible == null ? new Choice(null, nearest.refusal()) : new Choice(eligible, null);
    }
}
