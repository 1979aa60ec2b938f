package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.image.Frame;
import org.rigatino.learn.metric.Bootstrap;
import org.rigatino.learn.train.ImageFile;
import org.rigatino.learn.train.Manifest;

/** The labelled images of one split of a data folder. */
final class Cohort {
    private static final int INTERVAL_SEED = 1;

    private final Manifest manifest;
    private final String split;
    private final List<Manifest.Entry> entries;
    private final int[] patient;
    private final int patients;
    private final int draws;
    private final List<String> sameBytes;

    private Cohort(Manifest manifest, String split, List<Manifest.Entry> entries, List<String> sameBytes, int draws) {
        this.manifest = manifest;
        this.sameBytes = sameBytes;
        this.split = split;
        this.entries = entries;
        this.draws = draws;
        List<String> names = entries.stream()
                .map(Manifest.Entry::patient)
                .distinct()
                .sorted()
                .toList();
        patients = names.size();
        patient = entries.stream()
                .mapToInt(entry -> names.indexOf(entry.patient()))
                .toArray();
    }

    /**
     * @param draws of the patients, for intervals
     * @throws IOException where the split has no images, where an image or a mask is not there, or an image is not the one that
     *     the manifest has the digest of
     */
    static Cohort read(Path directory, String split, int draws) throws IOException {
        if (!Files.isRegularFile(directory.resolve("manifest.csv"))) {
            throw new IOException("--data " + directory + " has no manifest.csv, which labels are read from");
        }
        Manifest manifest = Manifest.read(directory);
        List<Manifest.Entry> entries = manifest.split(split);
        if (entries.isEmpty()) {
            List<String> splits = manifest.entries().stream()
                    .map(Manifest.Entry::split)
                    .distinct()
                    .sorted()
                    .toList();
            throw new IOException(directory + " has no images of the split " + split + ": its splits are "
                    + String.join(", ", splits));
        }
        requireFiles(manifest, split, entries);
        requireSlicesOfAllOrNone(manifest, split, entries);
        return new Cohort(manifest, split, entries, manifest.sameBytes(entries), draws);
    }

    private static void requireFiles(Manifest manifest, String split, List<Manifest.Entry> entries) throws IOException {
        List<String> absent = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            List<String> needed = new ArrayList<>(List.of(entry.file()));
            entry.mask().ifPresent(needed::add);
            needed.stream()
                    .filter(file -> !Files.isRegularFile(manifest.directory().resolve(file)))
                    .forEach(absent::add);
        }
        if (!absent.isEmpty()) {
            throw new IOException(manifest.directory() + " lacks " + absent.size() + " of the files that the split "
                    + split + " names, " + absent.get(0) + " for one");
        }
    }

    /** One blank cell would leave all studies unmeasured. */
    private static void requireSlicesOfAllOrNone(Manifest manifest, String split, List<Manifest.Entry> entries)
            throws IOException {
        List<Manifest.Entry> without =
                entries.stream().filter(entry -> entry.slice().isEmpty()).toList();
        if (!without.isEmpty() && without.size() < entries.size()) {
            throw new IOException(manifest.directory() + ": " + without.size() + " of " + entries.size()
                    + " images of the split " + split + " have no slice in manifest.csv, line "
                    + without.get(0).line()
                    + " for one: give each its slice, or leave the column out, without which studies are not judged");
        }
    }

    Manifest manifest() {
        return manifest;
    }

    Path directory() {
        return manifest.directory();
    }

    /** Of the data set: its folder's. */
    String name() {
        return directory().toAbsolutePath().normalize().getFileName().toString();
    }

    /** A sentence for each way in which images of the same bytes count twice. */
    List<String> sameBytes() {
        return sameBytes;
    }

    String split() {
        return split;
    }

    int size() {
        return entries.size();
    }

    List<Manifest.Entry> entries() {
        return entries;
    }

    boolean abnormal(int image) {
        return entries.get(image).abnormal();
    }

    long abnormal() {
        return entries.stream().filter(Manifest.Entry::abnormal).count();
    }

    int patients() {
        return patients;
    }

    /** Number of the image's patient, from 0. */
    int patient(int image) {
        return patient[image];
    }

    /** Whether any image has a mask; pixels are judged only then. */
    boolean masked() {
        return entries.stream().anyMatch(entry -> entry.mask().isPresent());
    }

    /** Whether the manifest says of every image which slice of a series it is. */
    boolean hasSeries() {
        return entries.stream().allMatch(entry -> entry.slice().isPresent());
    }

    Manifest.Slice slice(int image) {
        return entries.get(image).slice().orElseThrow();
    }

    /** Of each image, by its mask. */
    int[] lesionPixels() throws IOException {
        int[] pixels = new int[size()];
        for (int image = 0; image < size(); image++) {
            if (entries.get(image).mask().isPresent()) {
                for (boolean abnormal : mask(image, frame(image))) {
                    pixels[image] += abnormal ? 1 : 0;
                }
            }
        }
        return pixels;
    }

    Path file(int image) {
        return directory().resolve(entries.get(image).file());
    }

    Frame frame(int image) throws IOException {
        return ImageFile.read(file(image));
    }

    /** Whether it is known of every pixel of the image if it is abnormal. */
    boolean pixelsKnown(int image) {
        return masked() && (!abnormal(image) || entries.get(image).mask().isPresent());
    }

    /**
     * @param frame of that image
     * @return rows*columns, false everywhere for a normal image
     * @throws IOException where its mask is of another size, or says that a normal image has a lesion
     */
    boolean[] mask(int image, Frame frame) throws IOException {
        boolean[] abnormal = new boolean[frame.values().length];
        if (entries.get(image).mask().isPresent()) {
            Path file = directory().resolve(entries.get(image).mask().get());
            Frame mask = ImageFile.read(file);
            if (mask.rows() != frame.rows() || mask.columns() != frame.columns()) {
                throw new IOException("the mask " + file + " is " + mask.rows() + "x" + mask.columns() + ", its image "
                        + frame.rows() + "x" + frame.columns());
            }
            for (int i = 0; i < abnormal.length; i++) {
                abnormal[i] = mask.values()[i] > 0;
                if (abnormal[i] && !abnormal(image)) {
                    throw new IOException("line " + entries.get(image).line() + " of "
                            + directory().resolve("manifest.csv") + " is normal, and its mask " + file
                            + " has pixels of a lesion: correct its label, or take its mask out");
                }
            }
        }
        return abnormal;
    }

    Bootstrap bootstrap() {
        return new Bootstrap(patients, draws, INTERVAL_SEED);
    }
}
