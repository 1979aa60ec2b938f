package org.rigatino.page;

import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/**
 * By what a viewer finds the instance of an image.
 *
 * @param seriesNumber (0020,0011); "–" where there is none
 * @param instanceNumber (0020,0013)
 * @param multiFrame whether it has several frames
 */
public record Slice(String seriesNumber, String instanceNumber, boolean multiFrame) {
    /** What comes after holds nothing of it, and much in an enhanced instance. */
    static final int END = Tag.Rows;

    /** Empty where the header has no Instance Number. */
    static Optional<Slice> of(Dataset header) {
        return header.string(Tag.InstanceNumber)
                .map(number -> new Slice(
                        header.string(Tag.SeriesNumber).orElse("–"),
                        number,
                        header.string(Tag.NumberOfFrames)
                                .filter(frames -> !frames.equals("1"))
                                .isPresent()));
    }
}
