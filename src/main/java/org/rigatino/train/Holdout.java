package org.rigatino.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Normal images divided by patient: what is learnt from, and what is held back for calibration and choice.
 */
public record Holdout(List<Manifest.Entry> training, List<Manifest.Entry> validation) {
    /** @param share of the patients, rounded, held back; one at least on either side */
    public static Holdout byPatient(List<Manifest.Entry> normals, double share, long seed) {
        List<String> patients = new ArrayList<>(
                new TreeSet<>(normals.stream().map(Manifest.Entry::patient).toList()));
        if (patients.size() < 2) {
            throw new IllegalArgumentException("the split train_normal has " + patients.size()
                    + " patients: two at least are needed, one of them held back for calibration");
        }
        Collections.shuffle(patients, new Random(seed));
        int held = (int) Math.round(share * patients.size());
        Set<String> heldBack = new HashSet<>(patients.subList(0, Math.min(Math.max(held, 1), patients.size() - 1)));
        return new Holdout(
                normals.stream()
                        .filter(entry -> !heldBack.contains(entry.patient()))
                        .toList(),
                normals.stream()
                        .filter(entry -> heldBack.contains(entry.patient()))
                        .toList());
    }
}
