package org.rigatino.image;

import java.util.Arrays;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;

/**
 * A slice with what it reaches along its normal: whether another lies directly behind it is told by the two alone, whichever others of
 * their series are there.
 *
 * @param stack slices of others are never beside it
 * @param place where it lies
 * @param spacing empty where the source does not say
 * @param extent the greater of Slice Thickness (0018,0050) and Spacing Between Slices (0018,0088), in mm: some devices write the gap
 *     alone as the latter; 0 where neither says anything
 * @param of whose image it is; empty where that, spacing or extent cannot be read: then nothing is beside it
 */
public record Slab(
        String stack, ImagePlane place, Optional<PixelSpacing> spacing, double extent, Optional<SeriesIdentity> of) {
    /** Of the extent: from half of it on there is room for a slice between them, as where one was refused, or is not here. */
    private static final double FURTHEST = 1.5;

    /** Of the cosine between their rows: 0.8 degrees, by which the far end of 256 columns turns by three and a half. */
    private static final double SAME_DIRECTION = 1e-4;

    /**
     * Of a frame. Frames of a multi-frame instance are a stack of their own, whatever else their series has. Empty where it is not
     * said where the frame lies.
     *
     * @param frames how many the instance has
     * @param number of the frame, 1-based
     * @throws DicomException where it cannot be read how the frame lies, or which series it is of
     */
    public static Optional<Slab> of(Dataset header, int frames, int number) throws DicomException {
        Optional<ImagePlane> place = ImagePlane.of(header, number).filter(ImagePlane::isPlaced);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        String stack =
                header.require(Tag.SeriesInstanceUID) + (frames > 1 ? " " + header.require(Tag.SOPInstanceUID) : "");
        try {
            FunctionalGroups groups = FunctionalGroups.of(header, number);
            Dataset measures = groups.macro(Tag.PixelMeasuresSequence);
            double extent = Math.max(
                    largest(measures.doubles(Tag.SliceThickness)), largest(measures.doubles(Tag.SpacingBetweenSlices)));
            Optional<PixelSpacing> spacing = FrameSpacing.of(header, groups, place);
            return Optional.of(new Slab(stack, place.get(), spacing, extent, Optional.of(SeriesIdentity.of(header))));
        } catch (DicomException e) {
            return Optional.of(new Slab(stack, place.get(), Optional.empty(), 0, Optional.empty()));
        }
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }

    /** Pixel behind pixel, by less than one, in one Frame of Reference, of one patient, and with no room for a slice between them. */
    public boolean isBeside(Slab other) {
        if (of.isEmpty()
                || !of.equals(other.of)
                || !place.frameOfReferenceUid().equals(other.place.frameOfReferenceUid())
                || !spacing.equals(other.spacing)
                || cosine(0, other) < 1 - SAME_DIRECTION
                || cosine(3, other) < 1 - SAME_DIRECTION) {
            return false;
        }
        double across = Math.abs(along(direction(0), other));
        double down = Math.abs(along(direction(3), other));
        double distance = Math.abs(along(normal(), other));
        PixelSpacing pixel = spacing.orElse(new PixelSpacing(0, 0));
        return distance <= FURTHEST * Math.min(extent, other.extent)
                && (spacing.isEmpty() || across < pixel.betweenColumns() && down < pixel.betweenRows());
    }

    private double[] direction(int from) {
        return Arrays.copyOfRange(place.orientation(), from, from + 3);
    }

    private double[] normal() {
        double[] o = place.orientation();
        return new double[] {o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]};
    }

    private double cosine(int from, Slab other) {
        double product = 0;
        for (int axis = 0; axis < 3; axis++) {
            product += place.orientation()[from + axis] * other.place.orientation()[from + axis];
        }
        return product;
    }

    /** How far the other's first pixel lies from this one's in a direction, in mm. */
    private double along(double[] direction, Slab other) {
        double along = 0;
        for (int axis = 0; axis < 3; axis++) {
            along += direction[axis] * (other.place.position()[axis] - place.position()[axis]);
        }
        return along;
    }
}
