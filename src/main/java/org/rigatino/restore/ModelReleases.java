package org.rigatino.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;

/** The releases that serve, and which of them a frame is for. Immutable. */
public final class ModelReleases {
    /** Says that no release serves at all. */
    public static final String NO_MODEL_RULE = "no-model";
    /** Says that more than one release takes the frame, and none is the right one to guess. */
    public static final String AMBIGUOUS_RULE = "ambiguous-model";

    /** Exactly one of the two is there, the other null. */
    public record Choice(ModelRelease release, Refusal refusal) {}

    private final List<ModelRelease> releases;
    private final List<AbsentRelease> absent;

    private ModelReleases(List<ModelRelease> releases, List<AbsentRelease> absent) {
        this.releases = List.copyOf(releases);
        this.absent = List.copyOf(absent);
    }

    /**
     * Loads every {@code NAME/VERSION} under a directory, by name and version. One that links lead to too, or
     * of which there are copies, is there once: where it lies as NAME/VERSION, else by the first of its names.
     *
     * @throws IOException where there is no such directory, releases in it are broken, or links in it lead nowhere: tells of each of them
     */
    public static List<ModelRelease> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory.toAbsolutePath()
                    + " of model releases: set rigatino.restore.models");
        }
        Map<String, ModelRelease> releases = new LinkedHashMap<>();
        List<IOException> broken = new ArrayList<>();
        Set<Path> found = new HashSet<>();
        for (Path file : files(directory)) {
            try {
                if (!Files.exists(file)) {
                    throw new IOException(file + " leads to " + Files.readSymbolicLink(file)
                            + ", which is not there or cannot be reached: mount its disk, or take the link away");
                }
                if (found.add(file.toRealPath())) {
                    ModelRelease release = ModelRelease.load(file.getParent());
                    releases.merge(release.digest(), release, ModelReleases::inItsPlace);
                }
            } catch (IOException e) {
                broken.add(e);
            }
        }
        if (broken.size() > 1) {
            throw new IOException(broken.stream().map(IOException::getMessage).collect(Collectors.joining("; ")));
        }
        if (!broken.isEmpty()) {
            throw broken.get(0);
        }
        return List.copyOf(releases.values());
    }

    /** @param copy of it */
    private static ModelRelease inItsPlace(ModelRelease first, ModelRelease copy) {
        return first.directory().endsWith(first.model()) || !copy.directory().endsWith(copy.model()) ? first : copy;
    }

    /** One of each release, and links above that lead nowhere: nobody knows whether to a release. */
    private static List<Path> files(Path directory) throws IOException {
        return FolderTree.files(directory, 3).stream()
                .filter(file -> directory.relativize(file).getNameCount() == 3
                        ? file.getFileName().toString().equals(ModelRelease.RELEASE_FILE)
                        : !Files.exists(file))
                .toList();
    }

    /**
     * What serves where no record says it: all under a directory but those in shadow and those that are superseded.
     *
     * @param shadows NAME/VERSION of each
     * @throws IOException where a release is broken, where two could be for the same image, or one in shadow is not there
     */
    public static ModelReleases load(Path directory, Collection<String> shadows) throws IOException {
        List<ModelRelease> all = read(directory);
        requireShadows(all, shadows);
        return ofAll(current(notIn(shadows, all)));
    }

    /** Those that may serve: one that waits in shadow takes nobody's place. */
    public static List<ModelRelease> notIn(Collection<String> shadows, List<ModelRelease> all) {
        return all.stream()
                .filter(release -> !shadows.contains(release.model()))
                .toList();
    }

    /** All but those that are superseded by another that is among them. */
    public static List<ModelRelease> current(List<ModelRelease> all) {
        Set<String> names = all.stream()
                .filter(release -> !release.superseded())
                .map(ModelRelease::name)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(release -> !release.superseded() || !names.contains(release.name()))
                .toList();
    }

    /** @throws IOException where a release is broken, or where two could be for the same image */
    public static ModelReleases load(Path directory) throws IOException {
        return load(directory, List.of());
    }

    /** @throws IOException where a name is none of a release that is there */
    public static void requireShadows(List<ModelRelease> all, Collection<String> shadows) throws IOException {
        for (String shadow : shadows) {
            if (all.stream().noneMatch(release -> release.model().equals(shadow))) {
                throw new IOException("rigatino.restore.shadow names " + shadow
                        + ", which is not under rigatino.restore.models: it is NAME/VERSION of a release there");
            }
        }
    }

    /** @throws IOException where two could be for the same image */
    public static ModelReleases ofAll(List<ModelRelease> releases) throws IOException {
        for (int i = 0; i < releases.size(); i++) {
            for (int j = i + 1; j < releases.size(); j++) {
                if (releases.get(i).claim().overlaps(releases.get(j).claim())) {
                    throw new IOException("model releases " + releases.get(i).directory() + " and "
                            + releases.get(j).directory()
                            + " are eligible for the same images, and nothing says which of them serves: name the other, "
                            + releases.get(j).model() + " for instance, in rigatino.restore.shadow, or move it away");
                }
            }
        }
        return new ModelReleases(releases, List.of());
    }

    /** What serves by the record, which has no two for the same images. A frame for an absent one is nobody else's. */
    public static ModelReleases serving(List<ModelRelease> releases, List<AbsentRelease> absent) {
        return new ModelReleases(releases, absent);
    }

    public List<ModelRelease> all() {
        return releases;
    }

    /** Those that serve and are not here. */
    public List<AbsentRelease> absent() {
        return absent;
    }

    /**
     * The release that is eligible for a frame, or the rule that refused it.
     *
     * @param number 1-based
     * @throws AbsentReleaseException where that release is not here
     */
    public Choice choose(Dataset header, int number) {
        return choose(header, number, model -> Optional.empty());
    }

    /**
     * The same among those that nothing else keeps out.
     *
     * @param keepsOut by NAME/VERSION, what does
     */
    public Choice choose(Dataset header, int number, Function<String, Optional<Refusal>> keepsOut) {
        ModelRelease eligible = null;
        Eligibility.Judgement nearest = new Eligibility.Judgement(Refusal.of(NO_MODEL_RULE), -1);
        for (ModelRelease release : releases) {
            Optional<Eligibility.Judgement> judgement = release.file()
                    .eligibility()
                    .judge(header, number)
                    .or(() -> keepsOut.apply(release.model())
                            .map(refusal -> new Eligibility.Judgement(refusal, Integer.MAX_VALUE)));
            if (judgement.isEmpty() && eligible != null) {
                return new Choice(null, Refusal.of(AMBIGUOUS_RULE));
            } else if (judgement.isEmpty()) {
                eligible = release;
            } else if (judgement.get().passed() > nearest.passed()) {
                nearest = judgement.get();
            }
        }
        requireNotAbsent(header, number, keepsOut);
        return eligible == null ? new Choice(null, nearest.refusal()) : new Choice(eligible, null);
    }

    private void requireNotAbsent(Dataset header, int number, Function<String, Optional<Refusal>> keepsOut) {
        for (AbsentRelease release : absent) {
            if (release.eligibility().judge(header, number).isEmpty()
                    && keepsOut.apply(release.model()).isEmpty()) {
                throw new AbsentReleaseException(release);
            }
        }
    }
}
