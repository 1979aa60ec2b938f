package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rigatino.learn.train.LearntImages;
import org.rigatino.learn.train.LoneSlices;
import org.rigatino.learn.train.Manifest;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.RestoredFrame;

/** Why a release's numbers on a cohort are not those of what it serves: it knows the images, or they are not as there. */
final class Caveats {
    /** Splits that a release is made of. */
    private static final Set<String> MADE_OF = Set.of(Manifest.NORMALS, Manifest.UNLABELED);

    /** Images that made a release in one way, and what their being measured means. */
    private static final class Known {
        private final LearntImages images;
        private final String how;
        private final String hence;
        private int seen;

        private Known(LearntImages images, String how, String hence) {
            this.images = images;
            this.how = how;
            this.hence = hence;
        }
    }

    private final String name;
    private final ReleaseFile release;
    private final List<Known> known;

    /** @param name of the release among those that are measured */
    Caveats(String name, ModelRelease release) {
        this.name = name;
        this.release = release.file();
        known = List.of(
                new Known(
                        LearntImages.of(this.release),
                        " has learnt from ",
                        "it is measured on what it knows, and its numbers are too good."),
                new Known(
                        LearntImages.calibrating(this.release),
                        " is calibrated by ",
                        "its thresholds were set by them, and what it flags of normal ones says nothing of others."),
                new Known(
                        LearntImages.shaping(this.release),
                        " tells what is unlike by ",
                        "it refuses fewer of them than of others."));
    }

    void see(RestoredFrame restored) {
        known.forEach(each -> each.seen += each.images.contains(restored.input()) ? 1 : 0);
    }

    /** A sentence each. */
    List<String> of(Cohort cohort) throws IOException {
        List<String> caveats = new ArrayList<>();
        known.stream()
                .filter(each -> each.seen > 0)
                .map(each -> name + each.how + each.seen + " of the " + cohort.size() + " images: " + each.hence)
                .forEach(caveats::add);
        if (!LearntImages.recordsAll(release)
                && MADE_OF.contains(cohort.split())
                && data().anyMatch(cohort.name()::equals)) {
            caveats.add(name + " does not record which images made it, and it was made of " + cohort.name()
                    + ", as this folder is called: those of the split " + cohort.split()
                    + " are held to be among them, and its numbers too good.");
        }
        LoneSlices lone = lone(cohort);
        if (lone.tooMany()) {
            caveats.add(name + " joins slices with those beside them, and of " + lone.alone()
                    + " of the "
                    + lone.images() + " images neither is there: it is measured on slices by themselves, and its"
                    + " numbers are not those of the series that it serves.");
        }
        return caveats;
    }

    /** Names of the folders that made it. */
    private Stream<String> data() {
        NormalStudies studies = release.studies();
        Likeness likeness = release.likeness();
        return Stream.of(
                        release.training().data(),
                        release.reader() == null
                                ? null
                                : release.reader().training().data(),
                        studies == null ? null : studies.data(),
                        likeness == null ? null : likeness.data())
                .filter(Objects::nonNull);
    }

    private LoneSlices lone(Cohort cohort) throws IOException {
        if (!release.scoring().joins()) {
            return new LoneSlices(0, cohort.size());
        }
        CohortSlices slices = new CohortSlices(cohort, image -> true);
        long alone = IntStream.range(0, cohort.size()).filter(slices::isAlone).count();
        return new LoneSlices((int) alone, cohort.size());
    }
}
