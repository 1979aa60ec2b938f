package org.rigatino.dicom;

import java.io.IOException;

/** Where the frames of a Pixel Data element come from: {@link NativeFrames} or {@link EncapsulatedFrames}. */
sealed interface FrameSource permits NativeFrames, EncapsulatedFrames {
    /** @param number 1-based */
    int[] frame(int number) throws IOException;
}
