package org.rigatino.image;

import java.nio.file.Path;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;

/** The frames of one instance, decoded one at a time, so that memory does not grow with their number. */
public final class InstanceFrames implements AutoCloseable {
    private InstanceFrames() {}

    /** @throws DicomException where the pixels cannot be decoded; the message names what was wrong and no patient */
    public static InstanceFrames open(Path file) throws DicomException {
        throw new UnsupportedOperationException();
    }

    public Dataset header() {
        throw new UnsupportedOperationException();
    }

    public int count() {
        throw new UnsupportedOperationException();
    }

    /** @param number 1-based */
    public Frame frame(int number) throws DicomException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
