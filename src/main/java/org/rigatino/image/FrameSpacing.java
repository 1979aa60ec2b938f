package org.rigatino.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.Tag;

/** How far apart the pixels of a frame are, and where that holds. */
public final class FrameSpacing {
    /** Pixel Spacing Calibration Type (PS3.3 10.7.1.2). */
    private static final Set<String> CALIBRATED = Set.of("GEOMETRY", "FIDUCIAL");

    private FrameSpacing() {}

    /**
     * In the patient: Pixel Spacing. Of a projection, and of a capture without a place, only where it is calibrated, as is said or as
     * it differs from that at the detector: else it may be the detector's, which is larger by the magnification (PS3.3 10.7.1.1).
     *
     * @throws DicomException where one is there and means nothing
     */
    static Optional<PixelSpacing> of(Dataset header, FunctionalGroups groups, Optional<ImagePlane> plane)
            throws DicomException {
        Optional<PixelSpacing> spacing = of(groups.macro(Tag.PixelMeasuresSequence), Tag.PixelSpacing);
        if (spacing.isEmpty() && of(header, Tag.ImagerPixelSpacing).isEmpty()) {
            of(header, Tag.NominalScannedPixelSpacing);
        }
        boolean inPatient = groups.present()
                || plane.filter(ImagePlane::isPlaced).isPresent()
                || !SopClass.isProjectionOrCapture(
                        header.string(Tag.SOPClassUID).orElse(""))
                || isCalibrated(header)
                || atDetector(header).isPresent() && !atDetector(header).equals(spacing);
        return spacing.filter(valid -> inPatient);
    }

    private static boolean isCalibrated(Dataset header) {
        return header.string(Tag.PixelSpacingCalibrationType)
                .filter(CALIBRATED::contains)
                .isPresent();
    }

    /**
     * Imager Pixel Spacing, which holds at the detector, or Nominal Scanned Pixel Spacing of digitised film.
     *
     * @param source empty where it has none that means anything
     */
    public static Optional<PixelSpacing> atDetector(Dataset source) {
        try {
            Optional<PixelSpacing> spacing = of(source, Tag.ImagerPixelSpacing);
            return spacing.isPresent() ? spacing : of(source, Tag.NominalScannedPixelSpacing);
        } catch (DicomException e) {
            return Optional.empty();
        }
    }

    /** Pixel Spacing, wherever that holds, else {@link #atDetector}: two of one source have one ratio. */
    public static Optional<PixelSpacing> anywhere(Dataset source) {
        try {
            Optional<PixelSpacing> spacing = of(source, Tag.PixelSpacing);
            return spacing.isPresent() ? spacing : atDetector(source);
        } catch (DicomException e) {
            return atDetector(source);
        }
    }

    /**
     * In the patient, at the depth that Estimated Radiographic Magnification Factor is for, which is the detector's distance from
     * the source over the patient's (PS3.3 C.8.7.5).
     */
    public static Optional<PixelSpacing> byMagnification(Dataset source) {
        try {
            double[] factor = source.doubles(Tag.EstimatedRadiographicMagnificationFactor);
            return factor.length == 1 && factor[0] >= 1 && Double.isFinite(factor[0])
                    ? of(source, Tag.ImagerPixelSpacing)
                            .map(at -> new PixelSpacing(at.betweenRows() / factor[0], at.betweenColumns() / factor[0]))
                    : Optional.empty();
        } catch (DicomException e) {
            return Optional.empty();
        }
    }

    private static Optional<PixelSpacing> of(Dataset dataset, int tag) throws DicomException {
        double[] mm = dataset.doubles(tag);
        if (mm.length == 0) {
            return Optional.empty();
        }
        if (mm.length != 2 || !(mm[0] > 0 && mm[1] > 0 && Double.isFinite(mm[0] + mm[1]))) {
            throw new DicomException("attribute " + Tag.text(tag) + " " + Arrays.toString(mm)
                    + " is not two distances between pixels, in mm and above 0");
        }
        return Optional.of(new PixelSpacing(mm[0], mm[1]));
    }
}
