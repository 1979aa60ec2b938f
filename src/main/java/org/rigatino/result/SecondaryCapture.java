package org.rigatino.result;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.restore.ModelRelease;

/** The overlay as an RGB Secondary Capture Image (PS3.3 A.8.1) in the source's study. */
public final class SecondaryCapture {
    private SecondaryCapture() {}

    /**
     * @param source header of the instance that the frame is from: patient and study attributes are copied from it
     * @param configurationDigest changes whenever a setting changes what is drawn; part of the output's UID
     */
    public static EncodedObject encode(
            Dataset source, Frame frame, ImageFinding finding, ModelRelease release, String configurationDigest)
            throws DicomException {
        throw new UnsupportedOperationException();
    }
}
