package org.rigatino.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * Which way rows and columns of a frame run, in letters L, R, A, P, H, F (PS3.3 C.7.6.1.1.1), the nearest direction first.
 *
 * @param row direction in which columns increase
 * @param column direction in which rows increase
 */
public record PatientOrientation(String row, String column) {
    private static final String LETTERS = "LRPAHF";
    /** Cosine below which a direction is not worth its letter: 20 degrees off the others. */
    private static final double OBLIQUE = 0.34;
    /** Least cosine between a row or column and the direction of its first letter, of which each third may be the nearest. */
    private static final double AGREES = 0.5;

    /**
     * From the plane, else from Patient Orientation (0020,0020); empty where the source has neither.
     *
     * @param plane of the frame
     * @throws DicomException where Patient Orientation is there and cannot be read, or contradicts the plane
     */
    public static Optional<PatientOrientation> of(Dataset header, Optional<ImagePlane> plane) throws DicomException {
        Optional<PatientOrientation> said = said(header);
        if (plane.isEmpty()) {
            return said;
        }
        double[] cosines = plane.get().orientation();
        if (said.isPresent()
                && (cosine(cosines, 0, said.get().row) < AGREES || cosine(cosines, 3, said.get().column) < AGREES)) {
            throw new DicomException("Patient Orientation " + Tag.text(Tag.PatientOrientation) + " " + said.get().row
                    + "\\" + said.get().column + " contradicts Image Orientation (Patient), by which it is "
                    + letters(cosines, 0) + "\\" + letters(cosines, 3));
        }
        return Optional.of(new PatientOrientation(letters(cosines, 0), letters(cosines, 3)));
    }

    private static Optional<PatientOrientation> said(Dataset header) throws DicomException {
        header.requireReadable(Tag.PatientOrientation);
        List<String> values = header.strings(Tag.PatientOrientation).stream()
                .map(value -> value.toUpperCase(Locale.ROOT))
                .toList();
        if (values.stream().allMatch(String::isBlank)) {
            return Optional.empty();
        }
        if (values.size() != 2
                || !values.stream().allMatch(PatientOrientation::isReadable)
                || axis(values.get(0).charAt(0)) == axis(values.get(1).charAt(0))) {
            throw new DicomException("Patient Orientation " + Tag.text(Tag.PatientOrientation)
                    + " does not hold two directions of the letters A, P, R, L, H, F");
        }
        return Optional.of(new PatientOrientation(values.get(0), values.get(1)));
    }

    /** One to three letters, no two of one axis. */
    private static boolean isReadable(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0)
                && value.chars().map(letter -> axis((char) letter)).distinct().count() == value.length();
    }

    private static int axis(char letter) {
        return LETTERS.indexOf(letter) / 2;
    }

    private static double cosine(double[] cosines, int from, String letters) {
        int letter = LETTERS.indexOf(letters.charAt(0));
        return letter % 2 == 0 ? cosines[from + letter / 2] : -cosines[from + letter / 2];
    }

    private static String letters(double[] cosines, int from) {
        StringBuilder letters = new StringBuilder();
        double[] left = {cosines[from], cosines[from + 1], cosines[from + 2]};
        for (int written = 0; written < 3; written++) {
            int largest = 0;
            for (int axis = 1; axis < 3; axis++) {
                largest = Math.abs(left[axis]) > Math.abs(left[largest]) ? axis : largest;
            }
            if (Math.abs(left[largest]) < OBLIQUE) {
                break;
            }
            letters.append(LETTERS.charAt(2 * largest + (left[largest] > 0 ? 0 : 1)));
            left[largest] = 0;
        }
        return letters.toString();
    }
}
