package org.rigatino.learn.train;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.rigatino.restore.ModelRelease;

/**
 * What a release has learnt from among images that are to tell how it does on what it has not learnt from.
 *
 * @param data name of the folder that the images are of
 */
record HeldBack(ModelRelease release, String data) {
    /** Files, a line each. */
    private static final int NAMED = 300;

    private static final String LOWER = " learnt from, as the digests in its release.json tell, and what it has learnt"
            + " scores lower than what it has not: ";

    /** @throws IllegalArgumentException where the data is another, or is divided otherwise, than when the release learnt from it */
    void require(Holdout<PatientImage> holdout) {
        LearntImages learnt = LearntImages.of(release.file());
        if (learnt.isEmpty()) {
            requireName();
            return;
        }
        Predicate<PatientImage> known = image -> learnt.contains(image.image().values());
        requireNone(
                "held-back normal",
                holdout.validation(),
                known,
                "their patients bear other names than in the training, or each is in what it learnt from too, under another"
                        + " patient or unlabelled. Give the data as it was, or take the copies out and train anew;"
                        + " calibrate without --held-back takes normal images that it has not seen");
        long others = holdout.training().stream()
                .filter(known.negate())
                .filter(image -> !image.image().isFlat())
                .count();
        if (others > 0) {
            throw new IllegalArgumentException("--data: " + others + " of the "
                    + holdout.training().size() + " images of " + data + " that are not held back are none that "
                    + release.model() + " learnt from: give the --data that it learnt from");
        }
    }

    /** @throws IllegalArgumentException where the release has learnt from some of them */
    void requireUnseen(List<PatientImage> normals) {
        LearntImages learnt = LearntImages.of(release.file());
        requireNone(
                "normal",
                normals,
                image -> learnt.contains(image.image().values()),
                "take them out, or give the whole of the data that it learnt from and --held-back");
    }

    private void requireNone(
            String which, List<PatientImage> normals, Predicate<PatientImage> learnt, String whatToDo) {
        List<String> known =
                normals.stream().filter(learnt).map(PatientImage::file).toList();
        if (!known.isEmpty()) {
            throw new IllegalArgumentException("--data: " + known.size() + " of the " + normals.size() + " " + which
                    + (known.size() == 1 ? " images is" : " images are") + " among those that " + release.model()
                    + LOWER
                    + whatToDo + listed(known));
        }
    }

    /** Of networks that were trained before the digests of their images were recorded. */
    private void requireName() {
        String learnt = release.file().training().data();
        if (!learnt.equals(data)) {
            throw new IllegalArgumentException("--data: " + release.model() + " learnt from " + learnt
                    + " and does not say from which of its images, so that its name alone tells that " + data
                    + " is the same: give " + learnt + ", or rename the folder if it is");
        }
    }

    private static String listed(List<String> files) {
        String more = files.size() > NAMED ? "\nand " + (files.size() - NAMED) + " others" : "";
        return files.stream().limit(NAMED).collect(Collectors.joining("\n", "\n", more));
    }
}
