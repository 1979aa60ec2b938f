package org.rigatino.learn.train;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rigatino.finding.StackedSlice;

/**
 * Normal images that a release is calibrated by: those that it will judge. What it refuses has no score where it is served, and
 * what it would score says nothing of the others; it lies between its neighbours all the same.
 *
 * @param images none of which the network has learnt from
 * @param leftOut slices of the same data that are none of these
 */
record JudgedNormals(List<PatientImage> images, List<StackedSlice> leftOut) {
    /**
     * @param normals of the set
     * @param like empty where the release refuses nothing as unlike
     */
    static JudgedNormals of(
            List<PatientImage> normals, DataSet set, Optional<LikenessCalibrator.Fitted> like, PrintWriter console) {
        Map<Boolean, List<PatientImage>> judged = normals.stream()
                .collect(Collectors.partitioningBy(image -> !image.image().isFlat()
                        && like.filter(fitted -> fitted.refuses(image)).isEmpty()));
        List<PatientImage> refused = judged.get(false);
        List<StackedSlice> leftOut = new ArrayList<>(set.omissions().slices());
        refused.stream()
                .flatMap(image -> image.lying().stream())
                .map(PatientImage.Lying::slice)
                .forEach(leftOut::add);
        if (!refused.isEmpty()) {
            console.println("left out of the calibration: " + refused.size() + " of the " + normals.size()
                    + " normal images, which the release will refuse where it serves");
        }
        return new JudgedNormals(judged.get(true), leftOut);
    }
}
