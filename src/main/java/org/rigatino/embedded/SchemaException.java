package org.rigatino.embedded;

import java.io.IOException;

/** A database whose schema is not for this program. Its message is one line that says what to do. */
public final class SchemaException extends IOException {
    private static final long serialVersionUID = 1;

    SchemaException(String message) {
        super(message);
    }
}
