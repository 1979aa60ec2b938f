package org.rigatino.learn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.dicom.FileMeta;
import org.rigatino.finding.StackedSlice;

/** A folder of images and its {@code manifest.csv}: at least the columns file, split, label, mask, patient. */
public record Manifest(Path directory, List<Entry> entries) {
    static final String FILE = "manifest.csv";
    /** The split that is learnt from: whole series hold abnormal images too, which are not. */
    public static final String NORMALS = "train_normal";
    /** Images that may be shown without their labels. */
    public static final String UNLABELED = "unlabeled";

    /** Slices of a lesion-free series. */
    public static final int FEWEST_OF_A_SERIES = 5;

    /**
     * @param line of the manifest, from 1 on
     * @param file relative to the folder, and in it
     * @param abnormal label {@code abnormal}; the only other label is {@code normal}
     * @param mask relative to the folder, of the abnormal pixels
     * @param patient never in two splits
     * @param slice where the manifest has columns for it
     * @param sha256 of the file, in hex, where the manifest has it
     * @param flagged by the column {@code class} of {@code export-answers}, whether a release had before somebody answered; empty
     *     where it says nothing of it
     */
    public record Entry(
            int line,
            String file,
            String split,
            boolean abnormal,
            Optional<String> mask,
            String patient,
            Optional<Slice> slice,
            Optional<String> sha256,
            Optional<Boolean> flagged) {}

    /**
     * Columns {@code slice} and {@code slices_to_lesion}.
     *
     * @param number in the series' order
     * @param toLesion slices to the nearest one with a lesion, 0 for such a one
     */
    public record Slice(int number, int toLesion) {
        private static final int AWAY = 2;

        /** Whether it belongs to a lesion-free series. */
        public boolean isAway() {
            return toLesion >= AWAY;
        }
    }

    /**
     * @throws IOException where a line says what cannot be, or nothing of what is needed; where a patient is in two splits, or a
     *     file is named twice. The message has the line
     */
    public static Manifest read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no " + file);
        }
        List<Entry> entries = new ArrayList<>();
        for (ManifestTable.Row row : ManifestTable.read(file).rows()) {
            entries.add(ManifestLine.entry(row));
        }
        Manifest manifest = new Manifest(directory, List.copyOf(entries));
        manifest.requireFilesOnce();
        manifest.requirePatientsInOneSplit();
        return manifest;
    }

    private void requireFilesOnce() throws IOException {
        Map<Path, Entry> named = new HashMap<>();
        for (Entry entry : entries) {
            Entry first = named.putIfAbsent(Path.of(entry.file()).normalize(), entry);
            if (first != null) {
                throw new IOException(
                        where(entry) + " names the file of line " + first.line() + " again: it would be counted twice");
            }
        }
    }

    private void requirePatientsInOneSplit() throws IOException {
        Map<String, Entry> seen = new HashMap<>();
        List<Entry> elsewhere = new ArrayList<>();
        for (Entry entry : entries) {
            Entry first = seen.putIfAbsent(entry.patient(), entry);
            if (first != null && !first.split().equals(entry.split())) {
                elsewhere.add(entry);
            }
        }
        if (!elsewhere.isEmpty()) {
            Entry entry = elsewhere.get(0);
            Entry first = seen.get(entry.patient());
            throw new IOException(where(entry) + " has the patient of line " + first.line() + " in " + entry.split()
                    + ", and that line in " + first.split() + ": a patient is in one split only"
                    + (elsewhere.size() == 1
                            ? ""
                            : "; so do " + (elsewhere.size() - 1)
                                    + (elsewhere.size() == 2 ? " line more" : " lines more")));
        }
    }

    /**
     * Where an image lies: a DICOM file by its header, as a worker asks; a picture by the number that its line has. Empty where neither
     * says.
     *
     * @throws IOException naming the file, where a header cannot be read
     */
    public Optional<StackedSlice> slice(Entry entry) throws IOException {
        Path file = directory.resolve(entry.file());
        return FileMeta.isDicom(file)
                ? ImageFile.slice(file)
                : entry.slice().map(slice -> StackedSlice.numbered(entry.patient(), slice.number()));
    }

    /** File and line, for messages. */
    String where(Entry entry) {
        return directory.resolve(FILE) + " line " + entry.line();
    }

    /**
     * A sentence for each way in which images of the same bytes count twice, of which one is used; none where there are none.
     *
     * @param used of the entries
     * @throws IOException where a file that is used is not the one that the column {@code sha256} has the digest of
     */
    public List<String> sameBytes(Collection<Entry> used) throws IOException {
        return SameBytes.of(this, used);
    }

    public List<Entry> split(String split) {
        return entries.stream().filter(entry -> entry.split().equals(split)).toList();
    }

    /** Of the split {@link #NORMALS}, what is labelled normal. */
    public List<Entry> normals() {
        return split(NORMALS).stream().filter(entry -> !entry.abnormal()).toList();
    }
}
