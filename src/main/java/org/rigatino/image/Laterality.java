package org.rigatino.image;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/**
 * Which of a paired body part a frame shows. The one reading of it: eligibility, legend and objects follow from it.
 */
public final class Laterality {
    private static final Map<String, String> WORDS = Map.of("LEFT", "L", "RIGHT", "R", "BOTH", "B", "UNPAIRED", "U");

    private Laterality() {}

    /**
     * Frame Laterality (PS3.3 C.7.6.16.2.8), else Image Laterality (C.7.6.1), else Laterality of the series (C.7.3.1), as it is
     * said; L, R, B (both) or U (unpaired) where it is valid.
     *
     * @param number of the frame, 1-based
     * @throws DicomException where one of them cannot be read, or two differ
     */
    public static Optional<String> of(Dataset header, int number) throws DicomException {
        Dataset anatomy = FunctionalGroups.of(header, number).macro(Tag.FrameAnatomySequence);
        Map<String, String> said = new LinkedHashMap<>();
        put(said, "Frame Laterality", anatomy, Tag.FrameLaterality);
        put(said, "Image Laterality", header, Tag.ImageLaterality);
        put(said, "Laterality", header, Tag.Laterality);
        if (said.values().stream().map(Laterality::code).distinct().count() > 1) {
            StringBuilder words = new StringBuilder();
            said.forEach((name, value) -> words.append(words.isEmpty() ? "" : " beside ")
                    .append(name)
                    .append(' ')
                    .append(value));
            throw new DicomException(words + ": nobody knows which side the image is of");
        }
        return said.values().stream().findFirst();
    }

    private static void put(Map<String, String> said, String name, Dataset dataset, int tag) throws DicomException {
        dataset.requireReadable(tag);
        dataset.string(tag)
                .filter(value -> !value.isBlank())
                .ifPresent(value -> said.put(name + " " + Tag.text(tag), value));
    }

    private static String code(String value) {
        String word = value.strip().toUpperCase(Locale.ROOT);
        return WORDS.getOrDefault(word, word);
    }
}
