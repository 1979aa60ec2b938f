package org.rigatino.result;

import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/**
 * Pixel Measures of an object's frames (PS3.3 C.7.6.16.2.1): shared where all have the same, else of each frame, so that none is as
 * thick as another.
 */
final class PixelMeasures {
    private PixelMeasures() {}

    /** @param measures of each frame, in the order of {@code perFrame} */
    static void put(Dataset shared, List<Dataset> perFrame, List<Dataset> measures) {
        if (measures.stream().map(PixelMeasures::text).distinct().count() == 1) {
            shared.putItems(Tag.PixelMeasuresSequence, measures.subList(0, 1));
            return;
        }
        for (int i = 0; i < perFrame.size(); i++) {
            perFrame.get(i).putItems(Tag.PixelMeasuresSequence, measures.subList(i, i + 1));
        }
    }

    private static String text(Dataset measures) {
        return measures.strings(Tag.PixelSpacing)
                + " "
                + measures.strings(Tag.SliceThickness)
                + measures.strings(Tag.SpacingBetweenSlices);
    }
}
