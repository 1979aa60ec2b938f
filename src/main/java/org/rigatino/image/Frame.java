package org.rigatino.image;

import java.util.Optional;

/**
 * One monochrome frame at its source's own resolution.
 *
 * @param reference the instance and frame that it was read from
 * @param rows height in pixels
 * @param columns width in pixels
 * @param values rows*columns, row-major: modality units after the Modality LUT (PS3.3 C.11.1), larger is brighter
 *     (MONOCHROME1 is mirrored within the value range); padding pixels hold the smallest value that is not padding
 * @param display rows*columns, row-major: unsigned 8-bit gray as a viewer shows it by default, VOI LUT (PS3.3 C.11.2)
 *     applied
 * @param plane how the frame lies in the patient, empty for projections and secondary captures; see {@link #place}
 * @param spacing distance between pixel centres, empty where the source does not say
 */
public record Frame(
        FrameReference reference,
        int rows,
        int columns,
        float[] values,
        byte[] display,
        Optional<ImagePlane> plane,
        Optional<PixelSpacing> spacing) {

    public Frame {
        if (values.length != rows * columns || display.length != rows * columns) {
            throw new IllegalArgumentException("frame of " + rows + "x" + columns + " has " + values.length
                    + " values and " + display.length + " display values");
        }
    }

    /** The plane, where it says where the frame lies and not its directions alone. */
    public Optional<ImagePlane> place() {
        return plane.filter(ImagePlane::isPlaced);
    }

    /** The picture in the direction in which models see it, as axial, coronal or sagittal ({@link Turn}); without geometry. */
    public Frame turned() {
        Turn turn = Turn.of(this);
        return new Frame(
                reference,
                turn.turnedRows(),
                turn.turnedColumns(),
                turn.turn(values),
                turn.turn(display),
                Optional.empty(),
                Optional.empty());
    }
}
