package org.rigatino.result;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.Laterality;

/**
 * The source frame as displayed, its departure from normal in colour and outlined, and a legend, on the source's own grid:
 * beside its source in a viewer the anatomy is as large, and position, orientation and spacing hold. The legend lies over
 * the frame, never over colour, outline or orientation letters.
 */
public final class Overlay {
    /** Pixels of the longer side a dot of the letters. */
    private static final int PIXELS_PER_DOT = 384;

    private static final List<String> SIDES = List.of("L", "R", "B");

    private Overlay() {}

    /** @param source header of the instance that the frame is from */
    public static RgbImage draw(
            Dataset source,
            Frame frame,
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        if (finding.map().length != frame.rows() * frame.columns()) {
            throw new IllegalArgumentException("map of " + finding.map().length + " values for a frame of "
                    + frame.rows() + "x" + frame.columns());
        }
        RgbImage image = new RgbImage(frame.rows(), frame.columns());
        new DifferencePicture(image, 0, 0, frame).draw(finding.map(), configuration);
        int scale = scale(frame);
        OrientationMarkers.of(source, frame).ifPresent(markers -> markers.draw(image, 0, 0, frame, scale));
        Legend legend = new Legend(finding, algorithm, sides(source, frame), configuration, frame.columns(), scale);
        new LegendPlace(image, drawn(image, frame), scale).draw(legend);
        return image;
    }

    private static int scale(Frame frame) {
        int wanted = Math.max(frame.rows(), frame.columns()) / PIXELS_PER_DOT;
        return Math.max(1, Math.min(wanted, frame.columns() / Legend.LEAST_DOTS));
    }

    /** What is not the source's own gray. */
    private static BitSet drawn(RgbImage image, Frame frame) {
        BitSet drawn = new BitSet(frame.display().length);
        for (int pixel = 0; pixel < frame.display().length; pixel++) {
            drawn.set(pixel, image.colour(pixel) != (frame.display()[pixel] & 0xFF) * 0x010101);
        }
        return drawn;
    }

    /** What the legend says of the frame's sides: laterality, and where nobody knows how the frame lies, that. */
    static List<String> sides(Dataset source, Frame frame) throws DicomException {
        List<String> lines = new ArrayList<>();
        Laterality.of(source, frame.reference().frameNumber())
                .filter(SIDES::contains)
                .ifPresent(side -> lines.add("LATERALITY " + side));
        if (OrientationMarkers.of(source, frame).isEmpty()) {
            lines.add("ORIENTATION NOT GIVEN");
        }
        return lines;
    }
}
