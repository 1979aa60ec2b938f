package org.rigatino.result;

import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.SharedDisplay;

/**
 * Source, restored image and difference of one frame side by side, pixel for pixel on the frame's grid, each under its name
 * and with its own orientation markers; one legend lies below. Viewers write in the corners, so names and legend keep to the
 * middle. The restored image is seen through the source's window, the
 * difference is the overlay's.
 */
final class Triptych {
    private static final List<String> NAMES = List.of("SOURCE", "RESTORED", "DIFFERENCE");
    /** Columns of a pane a dot of the glyphs: half of an overlay's, since the picture is shown smaller. */
    private static final int COLUMNS_PER_DOT = 128;

    private static final int MARGIN = 3;
    private static final int GAP = 2;
    private static final int LONGEST_NAME = 10;
    private static final int LIGHT = 0xE0E0E0;

    private final int scale;
    private final int width;
    private final Frame frame;

    private Triptych(Frame frame) {
        this.frame = frame;
        this.scale = Math.max(1, frame.columns() / COLUMNS_PER_DOT);
        this.width = Math.max(frame.columns(), (LONGEST_NAME * Glyphs.ADVANCE + MARGIN) * scale);
    }

    /**
     * @param source header of the instance that the frame is from
     * @param restored rows*columns, as in {@link Frame#values()}
     */
    static RgbImage draw(
            Dataset source,
            Frame frame,
            float[] restored,
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        if (finding.map().length != frame.values().length || restored.length != frame.values().length) {
            throw new IllegalArgumentException("map of " + finding.map().length + " and restored image of "
                    + restored.length + " values for a frame of " + frame.rows() + "x" + frame.columns());
        }
        Triptych triptych = new Triptych(frame);
        Legend legend = new Legend(
                finding, algorithm, Overlay.sides(source, frame), configuration, triptych.columns(), triptych.scale);
        RgbImage image = new RgbImage(triptych.top() + frame.rows() + legend.rows(), triptych.columns());
        triptych.show(image, 0, frame.display());
        triptych.show(image, 1, SharedDisplay.of(source, frame, restored));
        new DifferencePicture(image, triptych.top(), triptych.left(2), frame).draw(finding.map(), configuration);
        triptych.label(image, OrientationMarkers.of(source, frame));
        legend.draw(image, triptych.top() + frame.rows(), (image.columns() - legend.columns()) / 2);
        return image;
    }

    private int columns() {
        return NAMES.size() * width + (NAMES.size() - 1) * GAP * scale;
    }

    /** Rows above the panes. */
    private int top() {
        return (Glyphs.HEIGHT + 2 * MARGIN) * scale;
    }

    /** Column of the picture that a pane's first column is. */
    private int left(int pane) {
        return pane * (width + GAP * scale);
    }

    private void show(RgbImage image, int pane, byte[] gray) {
        for (int pixel = 0; pixel < gray.length; pixel++) {
            int row = top() + pixel / frame.columns();
            image.set(row, left(pane) + pixel % frame.columns(), (gray[pixel] & 0xFF) * 0x010101);
        }
    }

    /** Column of a pane at which its name begins: at the inner side, away from the corners of the picture. */
    private int nameIn(int pane) {
        int free = width - Glyphs.width(NAMES.get(pane), scale);
        return switch (pane) {
            case 0 -> free - MARGIN * scale;
            case 1 -> free / 2;
            default -> MARGIN * scale;
        };
    }

    private void label(RgbImage image, Optional<OrientationMarkers> markers) {
        for (int pane = 0; pane < NAMES.size(); pane++) {
            int left = left(pane);
            Glyphs.draw(image, NAMES.get(pane), MARGIN * scale, left + nameIn(pane), scale, LIGHT);
            markers.ifPresent(letters -> letters.draw(image, top(), left, frame, scale));
            if (pane > 0) {
                image.fill(0, left - GAP * scale, top() + frame.rows(), GAP * scale, Legend.RULE);
            }
        }
    }
}
