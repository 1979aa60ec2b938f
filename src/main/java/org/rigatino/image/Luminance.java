package org.rigatino.image;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DecodedFrame;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFormat;

/**
 * The gray of colour: ITU-R BT.601, which is the Y of YBR_FULL (PS3.3 C.7.6.3.1.2). A colour image has no Modality LUT, VOI
 * LUT nor padding; what its header says of them is passed over.
 */
public final class Luminance {
    /** Window Center and Width by which a viewer shows 0 to 255 as they are (PS3.3 C.11.2.1.2.1, LINEAR). */
    static final double[] WINDOW = {128, 256};

    /** Largest value of 8 bits. */
    private static final int WHITE = 255;

    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private Luminance() {}

    /** Gray stays what it is to the last bit. */
    public static float of(float red, float green, float blue) {
        return red == green && green == blue ? red : RED * red + GREEN * green + BLUE * blue;
    }

    /** Whether luminance is what is read of an instance. */
    public static boolean isOf(Dataset header) throws DicomException {
        return PixelFormat.of(header).colour();
    }

    /** @return rows*columns, 0 to 255 */
    static float[] values(DecodedFrame decoded) throws DicomException {
        boolean rgb = decoded.photometricInterpretation().equals("RGB");
        if (!rgb && !decoded.photometricInterpretation().equals("YBR_FULL")) {
            throw new DicomException("photometric-interpretation: the decoder gave "
                    + decoded.photometricInterpretation() + ", whose luminance is not known; send it uncompressed");
        }
        int[] samples = decoded.samples();
        float[] values = new float[samples.length / 3];
        boolean planes = decoded.planarConfiguration() == 1;
        int pixel = planes ? 1 : 3;
        int colour = planes ? values.length : 1;
        for (int i = 0; i < values.length; i++) {
            int first = i * pixel;
            values[i] = rgb ? of(samples[first], samples[first + colour], samples[first + 2 * colour]) : samples[first];
        }
        return values;
    }

    /** Unsigned 8-bit gray. @param values 0 to 255; what is beyond is cut off */
    static byte[] display(float[] values) {
        byte[] display = new byte[values.length];
        for (int i = 0; i < display.length; i++) {
            display[i] = (byte) Math.round(Math.max(0, Math.min(WHITE, values[i])));
        }
        return display;
    }

    /** Unsigned, of 8 bits, without rescale. @param values as {@link #display} */
    static StoredValues stored(float[] values) {
        byte[] display = display(values);
        short[] samples = new short[display.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (display[i] & WHITE);
        }
        return new StoredValues(samples, Byte.SIZE, false, 1, 0, true);
    }
}
