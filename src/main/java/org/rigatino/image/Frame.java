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

    /** A gray picture without geometry: values 0 to 255, shown as they are. */
    public static Frame of8Bit(FrameReference reference, int rows, int columns, byte[] gray) {
        float[] values = new float[gray.length];
        for (int i = 0; i < gray.length; i++) {
            values[i] = gray[i] & 0xFF;
        }
        return new Frame(reference, rows, columns, values, gray.clone(), Optional.empty(), Optional.empty());
    }

    /** A gray picture without geometry: values 0 to 65535, shown from the smallest to the largest that occurs. */
    public static Frame of16Bit(FrameReference reference, int rows, int columns, short[] gray) {
        float[] values = new float[gray.length];
        float smallest = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < gray.length; i++) {
            values[i] = gray[i] & 0xFFFF;
            smallest = Math.min(smallest, values[i]);
            largest = Math.max(largest, values[i]);
        }
        byte[] display = new byte[gray.length];
        for (int i = 0; i < gray.length; i++) {
            display[i] =
                    (byte) (largest == smallest ? 0 : Math.round(255 * (values[i] - smallest) / (largest - smallest)));
        }
        return new Frame(reference, rows, columns, values, display, Optional.empty(), Optional.empty());
    }
}
