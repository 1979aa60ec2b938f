package org.rigatino.image;

import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/** Where a frame lies and how far apart its pixels are, from a classic or an enhanced instance. */
final class FrameGeometry {
    private FrameGeometry() {}

    /** Empty where the source does not say for this very frame: a classic multi-frame instance has one plane for all. */
    static Optional<ImagePlane> plane(Dataset header, FunctionalGroups groups, int frames) throws DicomException {
        if (frames > 1 && !groups.present()) {
            return Optional.empty();
        }
        double[] orientation = groups.macro(Tag.PlaneOrientationSequence).doubles(Tag.ImageOrientationPatient);
        double[] position = groups.macro(Tag.PlanePositionSequence).doubles(Tag.ImagePositionPatient);
        if (orientation.length != 6 || position.length != 3 || !orthonormal(orientation)) {
            return Optional.empty();
        }
        String frameOfReference = header.string(Tag.FrameOfReferenceUID).orElse("");
        return Optional.of(new ImagePlane(orientation, position, frameOfReference));
    }

    private static boolean orthonormal(double[] o) {
        double row = o[0] * o[0] + o[1] * o[1] + o[2] * o[2];
        double column = o[3] * o[3] + o[4] * o[4] + o[5] * o[5];
        double product = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
        return Math.abs(row - 1) < 1e-2 && Math.abs(column - 1) < 1e-2 && Math.abs(product) < 1e-2;
    }

    /**
     * Pixel Spacing; without it Imager Pixel Spacing, which holds at the detector and is larger than in the patient by
     * the magnification (PS3.3 10.7.1.3), or Nominal Scanned Pixel Spacing of digitised film.
     */
    static Optional<PixelSpacing> spacing(Dataset header, FunctionalGroups groups) throws DicomException {
        for (double[] mm : new double[][] {
            groups.macro(Tag.PixelMeasuresSequence).doubles(Tag.PixelSpacing),
            header.doubles(Tag.ImagerPixelSpacing),
            header.doubles(Tag.NominalScannedPixelSpacing)
        }) {
            if (mm.length == 2 && mm[0] > 0 && mm[1] > 0 && Double.isFinite(mm[0] + mm[1])) {
                return Optional.of(new PixelSpacing(mm[0], mm[1]));
            }
        }
        return Optional.empty();
    }
}
