package org.rigatino.result;

import java.nio.file.Path;
import java.util.Arrays;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * A single-frame capture that is on disk already and becomes a frame of a multi-frame one.
 *
 * @param file as {@link SecondaryCapture} or {@link TriptychCapture} made it
 * @param alike what the frames of one object have in common, as text
 */
record KeptCapture(JudgedFrame frame, Path file, int rows, int columns, String alike) {
    /** Of the whole image. */
    static final int[] OF_IMAGE = {
        Tag.BodyPartExamined,
        Tag.PatientPosition,
        Tag.ViewPosition,
        Tag.ImageLaterality,
        Tag.Laterality,
        Tag.PatientOrientation,
        Tag.PixelAspectRatio,
        Tag.ImagerPixelSpacing,
        Tag.NominalScannedPixelSpacing,
        Tag.PixelSpacingCalibrationType,
        Tag.PixelSpacingCalibrationDescription,
        Tag.LossyImageCompression,
        Tag.BurnedInAnnotation,
    };

    private static final int[] OF_PLANES = {Tag.FrameOfReferenceUID, Tag.PixelSpacing};

    /** @param directions of the captures before it */
    static KeptCapture of(ObjectKind kind, JudgedFrame frame, Directions directions) throws DicomException {
        Path file = frame.captures().get(kind);
        if (file == null) {
            throw new DicomException("no " + kind.configurationName() + " of instance "
                    + frame.reference().sopInstanceUid() + " is kept, so none can become a frame of a series");
        }
        Dataset header = Dataset.readHeader(file);
        int rows = header.integer(Tag.Rows, 0);
        int columns = header.integer(Tag.Columns, 0);
        StringBuilder alike = new StringBuilder(frame.rows() + " " + frame.columns() + " " + columns);
        for (int[] tags : new int[][] {OF_IMAGE, OF_PLANES}) {
            for (int tag : tags) {
                alike.append(header.strings(tag)).append(header.contains(tag));
            }
        }
        alike.append(
                header.contains(Tag.ImageOrientationPatient) ? frame.place().map(directions::of) : "");
        return new KeptCapture(frame, file, rows, columns, alike.toString());
    }

    /** Whether the file shows the source at its place in a frame of reference. */
    static boolean isPlaced(Dataset header) {
        return header.contains(Tag.ImageOrientationPatient)
                && Arrays.stream(OF_PLANES).allMatch(tag -> header.string(tag).isPresent());
    }
}
