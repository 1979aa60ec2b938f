package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.NormalLook;

/**
 * Learns what a data set's images look like in the rough, and how far from that normal ones lie. The network has no part in
 * it, so that those count too that it has learnt from. Unlabeled images tell what else is to be judged: without them disease
 * is as far from normal images as another part of the body is.
 *
 * @param size side of the grid
 * @param refusedNormals share of normal images that may be refused
 */
record LikenessCalibrator(int size, double refusedNormals) {
    /** Of the axes along which images vary, at most. */
    private static final int COMPONENTS = 32;
    /** Of images for each axis, at least. */
    private static final int IMAGES_PER_COMPONENT = 8;
    /** Parts of the patients, each measured by what the others' images show. */
    private static final int PARTS = 10;

    private static final long SEED = 1;
    /** Of the deviation in a direction in which images do not vary, in that of a single cell. */
    private static final double LEAST_DEVIATION = 1e-3;

    /**
     * A likeness, and the look that its distances are measured from.
     *
     * @param images that shaped it, unlabeled ones among them
     * @param refused of the normals, by what the others' images show: as many as of new ones
     */
    record Fitted(Likeness likeness, NormalLook look, List<PatientImage> images, Set<PatientImage> refused) {
        /** Whether it is one of the normals that the release would refuse if it were new. */
        boolean refuses(PatientImage image) {
            return refused.contains(image);
        }
    }

    private record Coarse(PatientImage image, float[] values) {
        private String patient() {
            return image.patient();
        }
    }

    /** @param set normal images of two patients at least */
    Fitted fit(DataSet set) {
        List<Coarse> normals = coarse(set.normals());
        List<Coarse> all =
                Stream.concat(normals.stream(), coarse(set.pool()).stream()).toList();
        NormalLook look = look(all);
        Map<PatientImage, Double> distanceOf = distances(normals, all);
        double[] distances = distanceOf.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int within = (int) Math.ceil((1 - refusedNormals) * (distances.length + 1) - 1e-9);
        Likeness likeness = new Likeness(
                NormalLook.cells(size),
                look.axes().length,
                distances[Math.min(within, distances.length) - 1],
                refusedNormals,
                normals.size(),
                (int) DataSet.patients(set.normals()),
                set.pool().size(),
                set.name());
        Set<PatientImage> refused = distanceOf.entrySet().stream()
                .filter(each -> likeness.refusal(each.getValue()).isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Fitted(likeness, look, all.stream().map(Coarse::image).toList(), refused);
    }

    private List<Coarse> coarse(List<PatientImage> images) {
        int cells = NormalLook.cells(size);
        return images.stream()
                .map(image -> new Coarse(image, NormalLook.coarse(image.image().values(), size, cells)))
                .toList();
    }

    /** Of normal images, each from what images of other patients show. */
    private static Map<PatientImage, Double> distances(List<Coarse> normals, List<Coarse> all) {
        List<String> patients = new ArrayList<>(
                new TreeSet<>(normals.stream().map(Coarse::patient).toList()));
        Collections.shuffle(patients, new Random(SEED));
        int parts = Math.min(PARTS, patients.size());
        Map<PatientImage, Double> distances = new HashMap<>();
        for (int part = 0; part < parts; part++) {
            Set<String> left = new HashSet<>();
            for (int i = part; i < patients.size(); i += parts) {
                left.add(patients.get(i));
            }
            NormalLook others = look(all.stream()
                    .filter(image -> !left.contains(image.patient()))
                    .toList());
            normals.stream()
                    .filter(image -> left.contains(image.patient()))
                    .forEach(image -> distances.put(image.image(), others.distance(image.values())));
        }
        return distances;
    }

    private static NormalLook look(List<Coarse> images) {
        List<float[]> rows = images.stream().map(Coarse::values).toList();
        int length = rows.get(0).length;
        int most = Math.min(COMPONENTS, Math.min(length / 2, Math.max(1, rows.size() / IMAGES_PER_COMPONENT)));
        PrincipalComponents found = PrincipalComponents.of(rows, most);
        int kept = found.variances().length;
        float[][] axes = new float[kept][length];
        float[] deviations = new float[kept];
        for (int axis = 0; axis < kept; axis++) {
            for (int i = 0; i < length; i++) {
                axes[axis][i] = (float) found.axes().get(axis, i);
            }
            deviations[axis] = (float) Math.max(Math.sqrt(found.variances()[axis]), LEAST_DEVIATION);
        }
        float[] mean = new float[length];
        for (int i = 0; i < length; i++) {
            mean[i] = (float) found.mean()[i];
        }
        return new NormalLook(mean, axes, deviations, remainder(rows, found));
    }

    /** Each image's values have a mean of zero, so that one direction is none. */
    private static float remainder(List<float[]> rows, PrincipalComponents found) {
        double rest = 0;
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                rest += (row[i] - found.mean()[i]) * (row[i] - found.mean()[i]);
            }
        }
        rest = rest / rows.size() - Arrays.stream(found.variances()).sum();
        int directions = Math.max(rows.get(0).length - 1 - found.variances().length, 1);
        return (float) Math.max(Math.sqrt(Math.max(rest, 0) / directions), LEAST_DEVIATION);
    }
}
