package org.rigatino.image;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/**
 * Which of a paired body part a frame shows. The one reading of it: eligibility, legend and objects follow from it.
 */
public final class Laterality {
    /** Image Laterality (PS3.3 C.7.6.1), and what is seen in its place. */
    private static final Map<String, String> CODES =
            Map.of("L", "L", "R", "R", "B", "B", "U", "U", "LEFT", "L", "RIGHT", "R", "BOTH", "B", "UNPAIRED", "U");

    private static final String UNKNOWN = ": nobody knows which side the image is of";

    private Laterality() {}

    /**
     * Frame Laterality (PS3.3 C.7.6.16.2.8), else Image Laterality (C.7.6.1), else Laterality of the series (C.7.3.1): L, R, B
     * (both) or U (unpaired), whichever way it is said.
     *
     * @param number of the frame, 1-based
     * @throws DicomException where one of them cannot be read or is no side, or two differ
     */
    public static Optional<String> of(Dataset header, int number) throws DicomException {
        Dataset anatomy = FunctionalGroups.of(header, number).macro(Tag.FrameAnatomySequence);
        Map<String, String> said = new LinkedHashMap<>();
        put(said, "Frame Laterality", anatomy, Tag.FrameLaterality);
        put(said, "Image Laterality", header, Tag.ImageLaterality);
        put(said, "Laterality", header, Tag.Laterality);
        Set<String> sides = Set.copyOf(said.values());
        if (sides.size() > 1) {
            throw new DicomException(String.join(" beside ", said.keySet()) + UNKNOWN);
        }
        return sides.stream().findFirst();
    }

    /** The side by what is said of it. */
    private static void put(Map<String, String> said, String name, Dataset dataset, int tag) throws DicomException {
        dataset.requireReadable(tag);
        for (String value : dataset.strings(tag)) {
            if (value.isBlank()) {
                continue;
            }
            String words = name + " " + Tag.text(tag) + " " + value;
            String side = CODES.get(value.strip().toUpperCase(Locale.ROOT));
            if (side == null) {
                throw new DicomException(words + " is none of L, R, B and U" + UNKNOWN);
            }
            said.put(words, side);
        }
    }
}
