package org.rigatino.study;

import java.io.IOException;
import org.rigatino.persistence.Output;

/** Where encoded objects are kept. */
public interface EncodedFiles {
    /**
     * Whether its file is here and still is what was stored.
     *
     * @throws IOException where that cannot be told now: the store is away, or holds nothing at all, or the file cannot be read
     */
    boolean isKept(Output output) throws IOException;
}
