package org.rigatino.learn.train;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/** Releases of one network each, trained alike but for the seed. */
record EnsembleMembers(List<ModelRelease> releases) {
    private static final Map<String, Function<ReleaseFile, Object>> ALIKE = new LinkedHashMap<>();

    static {
        ALIKE.put("method", ReleaseFile::method);
        ALIKE.put("grid", ReleaseFile::grid);
        ALIKE.put("network", ReleaseFile::network);
        ALIKE.put("normalisation", ReleaseFile::normalisation);
        ALIKE.put("scoring", ReleaseFile::scoring);
        ALIKE.put("eligibility", ReleaseFile::eligibility);
        ALIKE.put("data", file -> file.training().data());
        ALIKE.put("seed of the held-back patients", file -> file.training().splitSeed());
        ALIKE.put("number of images learnt from", file -> file.training().trainedImages());
        ALIKE.put("number of iterations", file -> file.training().iterations());
        ALIKE.put("recipe", EnsembleMembers::recipeWithoutSeed);
    }

    /** @throws IllegalArgumentException where two members differ in more than their seed, or in nothing; the message says in what */
    EnsembleMembers {
        ModelRelease first = releases.get(0);
        if (first.file().method().equals(Networks.TORCHSCRIPT)) {
            throw new IllegalArgumentException(
                    first.directory() + " was imported: its network is not taken apart, average it before it is saved");
        }
        for (ModelRelease release : releases) {
            if (release.file().reader() != null) {
                throw new IllegalArgumentException(
                        release.directory() + " has a reader of its own drawings: make the ensemble of"
                                + " releases without one, and train a reader behind it");
            }
        }
        Set<Long> seeds = new HashSet<>();
        for (ModelRelease release : releases) {
            ALIKE.forEach((what, value) -> requireAlike(first, release, what, value));
            long seed = release.file().training().seed();
            if (!seeds.add(seed)) {
                throw new IllegalArgumentException("two members are of the seed " + seed + ", " + release.directory()
                        + " the second: each is trained with a --seed of its own");
            }
        }
        int networks = first.file().network().members();
        if (networks != 1) {
            throw new IllegalArgumentException(
                    first.directory() + " holds " + networks + " networks: members hold one each");
        }
        releases = List.copyOf(releases);
    }

    private static void requireAlike(
            ModelRelease first, ModelRelease other, String what, Function<ReleaseFile, Object> value) {
        Object expected = value.apply(first.file());
        Object actual = value.apply(other.file());
        if (!Objects.equals(expected, actual)) {
            throw new IllegalArgumentException("members " + first.directory() + " and " + other.directory()
                    + " differ in " + what + ": " + expected + " and " + actual);
        }
    }

    private static String recipeWithoutSeed(ReleaseFile file) {
        return String.valueOf(file.training().recipe().get("recipe")).replaceAll("\\bseed=-?\\d+", "seed=any");
    }

    ReleaseFile first() {
        return releases.get(0).file();
    }

    /** What the ensemble's release tells of each: how it came to be, and which release it was. */
    List<Map<String, Object>> origins() {
        return releases.stream()
                .map(release -> Map.<String, Object>of(
                        "command", release.file().training().command(),
                        "seed", release.file().training().seed(),
                        "digest", release.digest()))
                .toList();
    }
}
