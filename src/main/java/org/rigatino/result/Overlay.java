package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;

/**
 * The source frame as displayed, its departure from normal in colour and outlined, and a legend. The frame keeps its pixels
 * and lies at the upper left, so that position, orientation and spacing of the source hold for the picture; the legend
 * lies below.
 */
public final class Overlay {
    /** Columns a dot of the glyphs: text takes about the same share of a small and of a large picture. */
    private static final int COLUMNS_PER_DOT = 256;

    private static final List<String> SIDES = List.of("L", "R", "B");

    private static final int EDGE = 0x606060;

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
        int scale = Math.max(1, frame.columns() / COLUMNS_PER_DOT);
        int columns = Math.max(frame.columns(), Legend.LEAST_DOTS * scale);
        Legend legend = new Legend(finding, algorithm, sides(source, frame), configuration, columns, scale);
        RgbImage image = new RgbImage(frame.rows() + legend.rows(), columns);
        new DifferencePicture(image, 0, 0, frame).draw(finding.map(), configuration);
        OrientationMarkers.of(source, frame).ifPresent(markers -> markers.draw(image, 0, 0, frame, scale));
        image.fill(0, frame.columns(), frame.rows(), 1, EDGE);
        legend.draw(image, frame.rows());
        return image;
    }

    /** What the legend says of the frame's sides: laterality, and where nobody knows how the frame lies, that. */
    static List<String> sides(Dataset source, Frame frame) throws DicomException {
        List<String> lines = new ArrayList<>();
        laterality(source, frame.reference().frameNumber())
                .filter(SIDES::contains)
                .ifPresent(side -> lines.add("LATERALITY " + side));
        if (OrientationMarkers.of(source, frame).isEmpty()) {
            lines.add("ORIENTATION NOT GIVEN");
        }
        return lines;
    }

    /** L, R, B (both) or U (unpaired): of the frame, the image, or the series. */
    static Optional<String> laterality(Dataset source, int frameNumber) throws DicomException {
        FunctionalGroups groups = FunctionalGroups.of(source, frameNumber);
        return java.util.stream.Stream.of(
                        groups.macro(Tag.FrameAnatomySequence).string(Tag.FrameLaterality),
                        source.string(Tag.ImageLaterality),
                        source.string(Tag.Laterality))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
