package org.rigatino.learn.train;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What one line of a manifest may say. */
final class ManifestLine {
    private static final Set<String> SPLITS = Set.of(Manifest.NORMALS, Manifest.UNLABELED, "dev_test");
    private static final String NAMES = Manifest.NORMALS + ", " + Manifest.UNLABELED + " or dev_test";

    private ManifestLine() {}

    /** @throws IOException where it says something else; the message has file and line */
    static Manifest.Entry entry(ManifestTable.Row row) throws IOException {
        String split = row.value("split");
        require(SPLITS.contains(split), row, "has the split \"" + split + "\": it is " + NAMES);
        String label = row.value("label");
        require(
                label.equals("normal") || label.equals("abnormal"),
                row,
                "has the label " + label + ": it is normal or abnormal");
        require(!row.exact("file").isBlank(), row, "names no file");
        requireInside(row, "file");
        boolean masked = !row.exact("mask").isBlank();
        if (masked) {
            requireInside(row, "mask");
        }
        String patient = row.value("patient");
        require(!patient.isEmpty(), row, "has no patient: all of them would count as one; give each a key of its own");
        Optional<Manifest.Slice> slice = slice(row);
        boolean abnormal = label.equals("abnormal");
        require(
                slice.filter(each -> abnormal != (each.toLesion() == 0)).isEmpty(),
                row,
                "is " + label + " with slices_to_lesion "
                        + slice.map(Manifest.Slice::toLesion).orElse(0)
                        + ": a slice is abnormal where it is 0, and nowhere else");
        return new Manifest.Entry(
                row.line(),
                row.exact("file"),
                split,
                abnormal,
                masked ? Optional.of(row.exact("mask")) : Optional.empty(),
                patient,
                slice,
                sha256(row),
                flagged(row));
    }

    private static void require(boolean holds, ManifestTable.Row row, String wrong) throws IOException {
        if (!holds) {
            throw new IOException(row.where() + " " + wrong);
        }
    }

    /** By its name: a link that lies in the folder may lead where it likes. */
    private static void requireInside(ManifestTable.Row row, String column) throws IOException {
        String name = row.exact(column);
        boolean inside;
        try {
            Path path = Path.of(name);
            inside = !path.isAbsolute() && !path.normalize().startsWith("..");
        } catch (InvalidPathException e) {
            throw new IOException(row.where() + " has a " + column + " that is no file's name: " + e.getReason(), e);
        }
        require(
                inside,
                row,
                "has the " + column + " " + name + ": files lie in the folder of the manifest or below it");
    }

    private static Optional<Manifest.Slice> slice(ManifestTable.Row row) throws IOException {
        if (!row.has("slice") || row.value("slice").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Manifest.Slice(number(row, "slice"), number(row, "slices_to_lesion")));
    }

    private static int number(ManifestTable.Row row, String name) throws IOException {
        require(row.has(name), row, "has a slice, but there is no column " + name);
        String number = row.value(name);
        require(number.matches("\\d{1,9}"), row, "has " + name + " " + number + ": it is a whole number");
        return Integer.parseInt(number);
    }

    private static Optional<Boolean> flagged(ManifestTable.Row row) {
        return Optional.of(row)
                .filter(each -> each.has("class"))
                .map(each -> each.value("class"))
                .filter(said -> said.endsWith("_flagged"))
                .map(said -> !said.endsWith("_not_flagged"));
    }

    private static Optional<String> sha256(ManifestTable.Row row) throws IOException {
        if (!row.has("sha256") || row.value("sha256").isEmpty()) {
            return Optional.empty();
        }
        String digest = row.value("sha256");
        require(digest.matches("\\p{XDigit}{64}"), row, "has the sha256 " + digest + ": it is 64 hexadecimal digits");
        return Optional.of(digest);
    }
}
