package org.rigatino.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/**
 * How a frame lies in the patient: Image Plane Module (PS3.3 C.7.6.2) or its functional groups (C.7.6.16.2.3, .4), patient
 * coordinates LPS in mm. The one reading of these attributes: eligibility, turn, letters and places all follow from it.
 *
 * @param orientation six direction cosines: of the row (increasing column index), then of the column; unit vectors at
 *     right angles
 * @param position centre of the first pixel, x y z; no value where the source gives none
 * @param frameOfReferenceUid empty string where the source has none
 */
public record ImagePlane(double[] orientation, double[] position, String frameOfReferenceUid) {
    /**
     * How far lengths may be from 1, and the product of the two directions from 0. Cosines rounded to two decimals, each
     * off by up to 0.005, change a length by up to 0.0088 and the product by up to 0.0174; others are 0.6 % too long, some
     * both.
     */
    private static final double TOLERANCE = 0.02;

    /** Within it cosines are taken as they are, so that what is written is what was read. */
    private static final double EXACT = 1e-4;

    public ImagePlane {
        if (orientation.length != 6 || position.length != 3 && position.length != 0) {
            throw new IllegalArgumentException("a plane of " + orientation.length + " cosines and a position of "
                    + position.length + " coordinates");
        }
    }

    /**
     * Empty where the source does not say how the frame lies. A classic multi-frame instance has one direction for all
     * frames and a place for none.
     *
     * @param number of the frame, 1-based
     * @throws DicomException where orientation or position is there and means nothing; the message has the value
     */
    public static Optional<ImagePlane> of(Dataset header, int number) throws DicomException {
        FunctionalGroups groups = FunctionalGroups.of(header, number);
        double[] position = groups.macro(Tag.PlanePositionSequence).doubles(Tag.ImagePositionPatient);
        if (position.length != 0 && position.length != 3
                || !Arrays.stream(position).allMatch(Double::isFinite)) {
            throw new DicomException(
                    text("Image Position (Patient)", Tag.ImagePositionPatient, position) + " is not three coordinates");
        }
        double[] orientation = groups.macro(Tag.PlaneOrientationSequence).doubles(Tag.ImageOrientationPatient);
        if (orientation.length == 0) {
            if (groups.present() && header.contains(Tag.ImageOrientationPatient)) {
                throw new DicomException("Image Orientation (Patient) " + Tag.text(Tag.ImageOrientationPatient)
                        + " lies outside of the functional groups, which do not have it");
            }
            return Optional.empty();
        }
        header.requireReadable(Tag.FrameOfReferenceUID);
        boolean placed = groups.present() || header.integer(Tag.NumberOfFrames, 1) <= 1;
        return Optional.of(new ImagePlane(
                orthonormal(orientation),
                placed ? position : new double[0],
                header.string(Tag.FrameOfReferenceUID).orElse("")));
    }

    /** Whether the frame's place is known too, not its directions alone. */
    public boolean isPlaced() {
        return position.length == 3;
    }

    /** The six cosines as text. */
    public String cosines() {
        return text(orientation);
    }

    private static double[] orthonormal(double[] cosines) throws DicomException {
        if (cosines.length != 6) {
            throw invalid(cosines, "six direction cosines");
        }
        double row = length(cosines, 0);
        double column = length(cosines, 3);
        double product = product(cosines, 0, 3);
        // Negated, so that what is not a number is refused.
        if (!(Math.abs(row - 1) <= TOLERANCE && Math.abs(column - 1) <= TOLERANCE && Math.abs(product) <= TOLERANCE)) {
            throw invalid(
                    cosines,
                    String.format(
                            Locale.ROOT,
                            "two directions of length 1 at right angles (lengths %.3f and %.3f, product %.3f)",
                            row,
                            column,
                            product));
        }
        boolean exact = Math.abs(row - 1) <= EXACT && Math.abs(column - 1) <= EXACT && Math.abs(product) <= EXACT;
        return exact ? cosines : normalised(cosines);
    }

    /** Both directions turned by the same angle until they are at right angles. */
    private static double[] normalised(double[] cosines) {
        double[] sum = new double[3];
        double[] difference = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double row = cosines[axis] / length(cosines, 0);
            double column = cosines[3 + axis] / length(cosines, 3);
            sum[axis] = row + column;
            difference[axis] = row - column;
        }
        double[] result = new double[6];
        for (int axis = 0; axis < 3; axis++) {
            double half = sum[axis] / length(sum, 0);
            double other = difference[axis] / length(difference, 0);
            result[axis] = (half + other) / Math.sqrt(2);
            result[3 + axis] = (half - other) / Math.sqrt(2);
        }
        return result;
    }

    private static double length(double[] values, int from) {
        return Math.sqrt(product(values, from, from));
    }

    private static double product(double[] values, int one, int other) {
        return values[one] * values[other] + values[one + 1] * values[other + 1] + values[one + 2] * values[other + 2];
    }

    private static DicomException invalid(double[] cosines, String expected) {
        return new DicomException(
                text("Image Orientation (Patient)", Tag.ImageOrientationPatient, cosines) + " is not " + expected);
    }

    private static String text(String name, int tag, double[] values) {
        return name + " " + Tag.text(tag) + " " + text(values);
    }

    private static String text(double[] values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining("\\"));
    }
}
