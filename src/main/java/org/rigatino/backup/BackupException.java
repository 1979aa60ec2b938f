package org.rigatino.backup;

import java.io.IOException;

/** A backup cannot be made, or is none that can be restored here. The message says what to do. */
class BackupException extends IOException {
    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Exception cause) {
        super(message, cause);
    }
}
