package org.rigatino.learn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder of images and its {@code manifest.csv}: at least the columns file, split, label, mask, patient. */
public record Manifest(Path directory, List<Entry> entries) {
    static final String FILE = "manifest.csv";
    /** The split that is learnt from: whole series hold abnormal images too, which are not. */
    public static final String NORMALS = "train_normal";
    /** Slices of a lesion-free series. */
    public static final int FEWEST_OF_A_SERIES = 5;

    /**
     * @param file relative to the folder
     * @param abnormal label {@code abnormal}; the only other label is {@code normal}
     * @param mask relative to the folder, of the abnormal pixels
     * @param patient never in two splits
     * @param slice where the manifest has columns for it
     */
    public record Entry(
            String file, String split, boolean abnormal, Optional<String> mask, String patient, Optional<Slice> slice) {
        public Entry(String file, String split, boolean abnormal, Optional<String> mask, String patient) {
            this(file, split, abnormal, mask, patient, Optional.empty());
        }
    }

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

    public static Manifest read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no " + file);
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty: it needs a line of column names");
        }
        Map<String, Integer> columns = columns(file, fields(lines.get(0)));
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                entries.add(entry(file + " line " + (i + 1), columns, fields(lines.get(i))));
            }
        }
        return new Manifest(directory, List.copyOf(entries));
    }

    public List<Entry> split(String split) {
        return entries.stream().filter(entry -> entry.split().equals(split)).toList();
    }

    /** Of the split {@link #NORMALS}, what is labelled normal. */
    public List<Entry> normals() {
        return split(NORMALS).stream().filter(entry -> !entry.abnormal()).toList();
    }

    private static Map<String, Integer> columns(Path file, List<String> names) throws IOException {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            columns.put(names.get(i), i);
        }
        for (String needed : List.of("file", "split", "label", "mask", "patient")) {
            if (!columns.containsKey(needed)) {
                throw new IOException(file + " has no column " + needed);
            }
        }
        return columns;
    }

    private static Entry entry(String where, Map<String, Integer> columns, List<String> fields) throws IOException {
        if (fields.size() != columns.size()) {
            throw new IOException(where + " has " + fields.size() + " fields instead of " + columns.size());
        }
        String label = fields.get(columns.get("label"));
        if (!label.equals("normal") && !label.equals("abnormal")) {
            throw new IOException(where + " has the label " + label + ": it is normal or abnormal");
        }
        String mask = fields.get(columns.get("mask"));
        return new Entry(
                fields.get(columns.get("file")),
                fields.get(columns.get("split")),
                label.equals("abnormal"),
                mask.isEmpty() ? Optional.empty() : Optional.of(mask),
                fields.get(columns.get("patient")),
                slice(where, columns, fields));
    }

    private static Optional<Slice> slice(String where, Map<String, Integer> columns, List<String> fields)
            throws IOException {
        if (!columns.containsKey("slice") || fields.get(columns.get("slice")).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Slice(number(where, "slice", columns, fields), number(where, "slices_to_lesion", columns, fields)));
    }

    private static int number(String where, String name, Map<String, Integer> columns, List<String> fields)
            throws IOException {
        Integer column = columns.get(name);
        if (column == null) {
            throw new IOException(where + " has a slice, but there is no column " + name);
        }
        String number = fields.get(column);
        if (!number.matches("\\d{1,9}")) {
            throw new IOException(where + " has " + name + " " + number + ": it is a whole number");
        }
        return Integer.parseInt(number);
    }

    /** One line of RFC 4180; no line breaks inside quotes. */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
