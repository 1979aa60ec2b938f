package org.rigatino.image;

import java.util.Arrays;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/** How far apart the pixels of a frame are. */
final class FrameSpacing {
    private FrameSpacing() {}

    /**
     * Pixel Spacing; without it Imager Pixel Spacing, which holds at the detector and is larger than in the patient by
     * the magnification (PS3.3 10.7.1.3), or Nominal Scanned Pixel Spacing of digitised film. Empty where the
     * source has none of them.
     *
     * @throws DicomException where one is there and means nothing
     */
    static Optional<PixelSpacing> of(Dataset header, FunctionalGroups groups) throws DicomException {
        Optional<PixelSpacing> spacing = of(groups.macro(Tag.PixelMeasuresSequence), Tag.PixelSpacing);
        spacing = spacing.isPresent() ? spacing : of(header, Tag.ImagerPixelSpacing);
        return spacing.isPresent() ? spacing : of(header, Tag.NominalScannedPixelSpacing);
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
