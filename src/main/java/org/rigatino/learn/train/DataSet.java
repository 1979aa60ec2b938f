package org.rigatino.learn.train;

import java.util.List;

/**
 * Images to learn from.
 *
 * @param name of the folder that they lie in
 * @param pool unlabeled for training; where labels are known they serve validation
 * @param omissions what was found and not used
 * @param warnings sentences on what was used and may be wrong
 */
public record DataSet(
        String name, List<PatientImage> normals, List<PatientImage> pool, Omissions omissions, List<String> warnings) {
    DataSet withWarnings(List<String> other) {
        return new DataSet(name, normals, pool, omissions, other);
    }

    public static List<TrainingImage> images(List<PatientImage> images) {
        return images.stream().map(PatientImage::image).toList();
    }

    public static long patients(List<PatientImage> images) {
        return images.stream().map(PatientImage::patient).distinct().count();
    }
}
