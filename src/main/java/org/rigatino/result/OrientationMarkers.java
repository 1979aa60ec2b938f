package org.rigatino.result;

import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;
import org.rigatino.image.ImagePlane;

/**
 * Where the edges of a frame lie in the patient: letters L, R, A, P, H, F (PS3.3 C.7.6.1.1.1).
 *
 * @param row direction in which columns increase
 * @param column direction in which rows increase
 */
public record OrientationMarkers(String row, String column) {
    private static final String LETTERS = "LRAPHF";
    private static final String OPPOSITES = "RLPAFH";
    /** Cosine below which a direction is not worth its letter: 20 degrees off the others. */
    private static final double OBLIQUE = 0.34;

    /** From the image plane, else from Patient Orientation (0020,0020); empty where the source has neither. */
    public static Optional<OrientationMarkers> of(Dataset source, Frame frame) {
        if (frame.plane().isPresent()) {
            ImagePlane plane = frame.plane().get();
            return Optional.of(
                    new OrientationMarkers(letters(plane.orientation(), 0), letters(plane.orientation(), 3)));
        }
        List<String> values = source.strings(Tag.PatientOrientation);
        if (values.size() != 2 || !values.stream().allMatch(OrientationMarkers::readable)) {
            return Optional.empty();
        }
        return Optional.of(new OrientationMarkers(values.get(0), values.get(1)));
    }

    private static boolean readable(String value) {
        return !value.isEmpty()
                && value.length() <= 3
                && value.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0);
    }

    private static String letters(double[] cosines, int offset) {
        StringBuilder letters = new StringBuilder();
        double[] left = {cosines[offset], cosines[offset + 1], cosines[offset + 2]};
        for (int written = 0; written < 3; written++) {
            int largest = 0;
            for (int axis = 1; axis < 3; axis++) {
                largest = Math.abs(left[axis]) > Math.abs(left[largest]) ? axis : largest;
            }
            if (Math.abs(left[largest]) < OBLIQUE) {
                break;
            }
            letters.append(List.of("LR", "PA", "HF").get(largest).charAt(left[largest] > 0 ? 0 : 1));
            left[largest] = 0;
        }
        return letters.toString();
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
