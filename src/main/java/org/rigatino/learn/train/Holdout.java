package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Normal images divided by patient: what is learnt from, and what is held back for calibration and choice.
 */
public record Holdout<T>(List<T> training, List<T> validation) {
    /** @param share of the patients, rounded, held back; one at least on either side */
    public static <T> Holdout<T> byPatient(List<T> normals, Function<T, String> patient, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the share of patients held back is " + share + ": it lies between 0 and 1");
        }
        List<String> patients =
                new ArrayList<>(new TreeSet<>(normals.stream().map(patient).toList()));
        if (patients.size() < 2) {
            throw new IllegalArgumentException("the " + normals.size() + " normal images are of " + patients.size()
                    + " patients: two at least are needed, one of them held back for calibration");
        }
        Collections.shuffle(patients, new Random(seed));
        int held = (int) Math.round(share * patients.size());
        Set<String> heldBack = new HashSet<>(patients.subList(0, Math.min(Math.max(held, 1), patients.size() - 1)));
        return new Holdout<>(
                normals.stream()
                        .filter(image -> !heldBack.contains(patient.apply(image)))
                        .toList(),
                normals.stream()
                        .filter(image -> heldBack.contains(patient.apply(image)))
                        .toList());
    }
}
