package org.rigatino.learn.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What data may hold twice: images that look the same to the network, whatever their files are called and however they are
 * encoded, and patients.
 *
 * @param normals, and {@code pool}, unlabeled ones
 */
record Alike(List<PatientImage> normals, List<PatientImage> pool) {
    /** A sentence for each way in which images count twice. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        Map<String, String> patients = new HashMap<>();
        int copies = 0;
        for (PatientImage image : normals) {
            Optional<String> digest = LearntImages.digest(image.image().values());
            Optional<String> first = digest.map(known -> patients.putIfAbsent(known, image.patient()));
            copies += first.isEmpty() || first.get().equals(image.patient()) ? 0 : 1;
        }
        if (copies > 0) {
            sentences.add(counted(copies, "normal image looks", "normal images look")
                    + " the same to the network as one of another patient: where one is held back, the other may be learnt"
                    + " from");
        }
        long unlabeled = pool.stream()
                .filter(image -> LearntImages.digest(image.image().values())
                        .filter(patients::containsKey)
                        .isPresent())
                .count();
        if (unlabeled > 0) {
            sentences.add(counted(unlabeled, "unlabeled image looks", "unlabeled images look")
                    + " the same to the network as a normal one");
        }
        return sentences;
    }

    /** @throws IOException where a patient is among both: who is held back of the normals would be learnt from */
    void requireApart() throws IOException {
        Map<String, String> normal = normals.stream()
                .collect(Collectors.toMap(PatientImage::patient, PatientImage::file, (one, next) -> one));
        List<PatientImage> both = pool.stream()
                .filter(image -> normal.containsKey(image.patient()))
                .toList();
        if (!both.isEmpty()) {
            PatientImage first = both.get(0);
            throw new IOException(counted(DataSet.patients(both), "patient of normal is", "patients of normal are")
                    + " in unlabeled too, by Patient ID or by the names of files and folders ("
                    + normal.get(first.patient()) + " and " + first.file()
                    + "): a patient is in one of them only. Put all images of each into one, or name them apart");
        }
    }

    private static String counted(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
