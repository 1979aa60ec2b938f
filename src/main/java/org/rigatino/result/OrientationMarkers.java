package org.rigatino.result;

import java.util.Optional;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;
import org.rigatino.image.PatientOrientation;

/**
 * Where the edges of a frame lie in the patient: letters L, R, A, P, H, F (PS3.3 C.7.6.1.1.1).
 *
 * @param row direction in which columns increase
 * @param column direction in which rows increase
 */
public record OrientationMarkers(String row, String column) {
    private static final String LETTERS = "LRAPHF";
    private static final String OPPOSITES = "RLPAFH";

    /**
     * Empty where the source has neither a plane nor Patient Orientation (0020,0020).
     *
     * @throws DicomException as {@link PatientOrientation#of}
     */
    public static Optional<OrientationMarkers> of(Dataset source, Frame frame) throws DicomException {
        return PatientOrientation.of(source, frame.plane())
                .map(letters -> new OrientationMarkers(letters.row(), letters.column()));
    }

    /**
     * An object of a frame whose source says its sides has sides too.
     *
     * @throws DicomException where it would have none
     */
    static void requireOf(Dataset source, Frame frame, Dataset object) throws DicomException {
        FunctionalGroups groups = FunctionalGroups.of(source, frame.reference().frameNumber());
        boolean said = Stream.of(groups.macro(Tag.PlaneOrientationSequence), source)
                .anyMatch(dataset -> dataset.string(Tag.ImageOrientationPatient).isPresent()
                        || dataset.strings(Tag.PatientOrientation).stream().anyMatch(value -> !value.isEmpty()));
        if (said && object.strings(Tag.PatientOrientation).size() != 2) {
            throw new DicomException("the source says how its frame "
                    + frame.reference().frameNumber()
                    + " lies, and an object made of it would not: no object without its sides");
        }
    }

    private static String opposite(String letters) {
        StringBuilder opposite = new StringBuilder();
        letters.chars().forEach(letter -> opposite.append(OPPOSITES.charAt(LETTERS.indexOf(letter))));
        return opposite.toString();
    }

    /** At the edge of the first column. */
    public String left() {
        return opposite(row);
    }

    /** At the edge of the last column. */
    public String right() {
        return row;
    }

    /** At the edge of the first row. */
    public String top() {
        return opposite(column);
    }

    /** At the edge of the last row. */
    public String bottom() {
        return column;
    }

    /**
     * At the middle of each edge of a frame.
     *
     * @param top row of the image that the frame's first row is
     * @param left column of the image that the frame's first column is
     */
    void draw(RgbImage image, int top, int left, Frame frame, int scale) {
        int gap = 2 * scale;
        int height = Glyphs.HEIGHT * scale;
        int middle = top + (frame.rows() - height) / 2;
        int centre = left + (frame.columns() - Glyphs.width(column, scale)) / 2;
        mark(image, left(), middle, left + gap, scale);
        mark(image, right(), middle, left + frame.columns() - gap - Glyphs.width(row, scale), scale);
        mark(image, top(), top + gap, centre, scale);
        mark(image, bottom(), top + frame.rows() - gap - height, centre, scale);
    }

    private static void mark(RgbImage image, String text, int row, int column, int scale) {
        for (int y = -1; y <= 1; y++) {
            for (int x = -1; x <= 1; x++) {
                Glyphs.draw(image, text, row + y, column + x, scale, 0x000000);
            }
        }
        Glyphs.draw(image, text, row, column, scale, 0xFFFFFF);
    }
}
