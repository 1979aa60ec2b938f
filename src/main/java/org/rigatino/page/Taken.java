package org.rigatino.page;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Laterality;
import org.rigatino.result.BodySide;

/**
 * Of what an image was taken, and how; each empty where the header does not say it.
 *
 * @param frameOfReference UID (0020,0052)
 * @param bodyPart (0018,0015)
 * @param side as {@link Laterality#of}
 * @param view View Position (0018,5101)
 * @param single whether there is one of the body part
 */
public record Taken(String frameOfReference, String bodyPart, String side, String view, boolean single) {
    /** Of the header that {@link #of} takes. */
    static final Set<Integer> TAGS = Set.of(
            Tag.SpecificCharacterSet,
            Tag.FrameOfReferenceUID,
            Tag.BodyPartExamined,
            Tag.ImageLaterality,
            Tag.Laterality,
            Tag.ViewPosition);

    static Taken of(Dataset header) {
        return new Taken(
                header.string(Tag.FrameOfReferenceUID).orElse(""),
                word(header, Tag.BodyPartExamined),
                side(header),
                word(header, Tag.ViewPosition),
                BodySide.isSingle(header));
    }

    /** Where they differ, or are none, nobody knows. */
    private static String side(Dataset header) {
        try {
            return Laterality.of(header, 1).orElse("");
        } catch (DicomException e) {
            return "";
        }
    }

    private static String word(Dataset header, int tag) {
        return header.string(tag)
                .map(value -> value.strip().toUpperCase(Locale.ROOT))
                .orElse("");
    }

    /** Whether both are known to be of one side. Of a part of which there is one, neither need say which. */
    private boolean isOfSideOf(Taken other) {
        boolean mayBeOfTwo = !bodyPart.isEmpty() && !single || !other.bodyPart.isEmpty() && !other.single;
        return side.equals(other.side) && !(mayBeOfTwo && side.isEmpty());
    }

    /** Slices are known to lie alike, and a model takes one part of the body: a part that neither names is the model's. */
    boolean isOfSliceLike(Taken other) {
        return isOfSideOf(other) && (bodyPart.equals(other.bodyPart) || bodyPart.isEmpty() || other.bodyPart.isEmpty());
    }

    /** Nothing but the header says of a projection what it shows, and from where. */
    boolean isProjectionLike(Taken other) {
        return isOfSideOf(other)
                && !bodyPart.isEmpty()
                && bodyPart.equals(other.bodyPart)
                && !view.isEmpty()
                && view.equals(other.view);
    }

    /** For people. */
    public String text() {
        return Stream.of(bodyPart, side, view).filter(value -> !value.isEmpty()).collect(Collectors.joining(" "));
    }
}
