package org.rigatino.backup;

import java.io.IOException;
import org.rigatino.embedded.FileTrouble;

/** What was to be copied is not there, or cannot be read; where it was to go to is not to blame. */
final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableException(IOException cause) {
        super(FileTrouble.tell(cause), cause);
    }
}
