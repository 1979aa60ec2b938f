package org.rigatino.image;

import java.util.Optional;

/** Gray frames without geometry, of pixels that are made here. */
public final class GrayFrames {
    private GrayFrames() {}

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
