package org.rigatino.answer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.UnavailableFileException;

/**
 * What the header says of an image that somebody answered.
 *
 * @param columns and {@code rows}, (0028,0011) and (0028,0010)
 * @param manufacturer (0008,0070); null where the header has none
 * @param manufacturerModelName (0008,1090); null where the header has none
 */
record AnsweredImage(int columns, int rows, String manufacturer, String manufacturerModelName) {
    /** LO has 64 characters at most (PS3.5 6.2). */
    private static final int MOST = 64;

    private static final Set<Integer> TAGS =
            Set.of(Tag.SpecificCharacterSet, Tag.Columns, Tag.Rows, Tag.Manufacturer, Tag.ManufacturerModelName);

    /**
     * Empty where the file is not kept any more, or cannot be read.
     *
     * @throws UnavailableFileException where it is there and its file system does not give it
     */
    static Optional<AnsweredImage> of(Path file) throws UnavailableFileException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            Dataset header = Dataset.readOnly(file, TAGS);
            return Optional.of(new AnsweredImage(
                    header.integer(Tag.Columns, 0),
                    header.integer(Tag.Rows, 0),
                    text(header, Tag.Manufacturer),
                    text(header, Tag.ManufacturerModelName)));
        } catch (UnavailableFileException e) {
            throw e;
        } catch (DicomException e) {
            return Optional.empty();
        }
    }

    private static String text(Dataset header, int tag) {
        return header.string(tag)
                .map(value -> value.replaceAll("[\\p{C}\\u2028\\u2029]", "").strip())
                .filter(value -> !value.isEmpty())
                .map(value -> value.codePoints()
                        .limit(MOST)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .orElse(null);
    }

    boolean has(int column, int row) {
        return column >= 0 && column < columns && row >= 0 && row < rows;
    }
}
