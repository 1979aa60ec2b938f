package org.rigatino.dicom;

import java.io.IOException;
import java.nio.file.Path;

/** A file is there and the file system does not give its bytes, which it may do the next moment: what they are is not known. */
public final class UnavailableFileException extends DicomException {
    UnavailableFileException(Path file, IOException cause) {
        this(file.getFileName().toString(), cause);
    }

    /** @param what of which file, where more than its name is known */
    UnavailableFileException(String what, IOException cause) {
        super("the file system does not give " + what + ": " + cause.getMessage(), cause);
    }
}
