package org.rigatino.page;

import java.util.Optional;
import java.util.Set;
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
    /** What {@link #of} asks for: a header may hold much beside it. */
    static final Set<Integer> TAGS =
            Set.of(Tag.SpecificCharacterSet, Tag.SeriesNumber, Tag.InstanceNumber, Tag.NumberOfFrames);

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
