package org.rigatino.dicom;

import java.io.IOException;
import java.nio.file.Path;

/** A file is there and the file system does not give its bytes, which it may do the next moment: what they are is not known. */
public final class UnavailableFileException extends DicomException {
    UnavailableFileException(Path file, IOException cause) {
        super("the file system does not give " + file.getFileName() + ": " + cause.getMessage(), cause);
    }

    /** Of a channel, whose file is told by who has it open: see {@link #in}. */
    UnavailableFileException(IOException cause) {
        super("the file system does not give Pixel Data: " + cause.getMessage(), cause);
    }

    UnavailableFileException in(Path file) {
        return new UnavailableFileException(file, (IOException) getCause());
    }
}
