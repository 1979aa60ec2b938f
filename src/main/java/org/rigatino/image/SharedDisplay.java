package org.rigatino.image;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.PixelFormat;

/** Gray of values that are to be seen beside a frame: through the frame's own window, so that alike looks alike. */
public final class SharedDisplay {
    private SharedDisplay() {}

    /**
     * @param header of the instance that the frame is from
     * @param values rows*columns, as in {@link Frame#values()}
     * @return as {@link Frame#display()}; the frame's own gray wherever the values are the frame's
     */
    public static byte[] of(Dataset header, Frame frame, float[] values) throws DicomException {
        if (Luminance.isOf(header)) {
            return Luminance.display(values);
        }
        FunctionalGroups groups = FunctionalGroups.of(header, frame.reference().frameNumber());
        return GrayScale.of(header, groups, PixelFormat.of(header)).display(frame, values);
    }
}
