package org.rigatino.dicom;

import java.io.IOException;

/** Where the frames of a Pixel Data element come from: {@link NativeFrames} or {@link EncapsulatedFrames}. */
sealed interface FrameSource permits NativeFrames, EncapsulatedFrames {
    /** @param number 1-based */
    DecodedFrame frame(int number) throws IOException;

    /**
     * As {@link #frame}, of a colour image.
     *
     * @throws DicomException where what is stored contradicts Photometric Interpretation
     */
    DecodedFrame colours(int number) throws IOException;

    /** Samples of 8 bits as they are stored. @throws DicomException where they are stored otherwise */
    default byte[] bytes(int number) throws IOException {
        throw new DicomException("its samples are compressed");
    }
}
