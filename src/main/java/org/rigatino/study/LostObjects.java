package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;
import org.rigatino.persistence.Output;

/** Objects of a revision that is replayed whose files are gone, or are not what was stored. */
@ApplicationScoped
class LostObjects {
    private static final Logger LOG = Logger.getLogger(LostObjects.class);

    @Inject
    Claims claims;

    @Inject
    EncodedFiles files;

    /**
     * Ids of outputs. Call it outside a transaction: all that stands is read for it. What cannot be read is not taken for gone:
     * its delivery says so.
     */
    List<Long> of(String studyInstanceUid, int revision) {
        return claims.standing(studyInstanceUid, revision).stream()
                .filter(output -> !isKept(output))
                .map(output -> output.id)
                .toList();
    }

    private boolean isKept(Output output) {
        try {
            return files.isKept(output);
        } catch (IOException e) {
            LOG.warnf(
                    "output %s cannot be read before its study is replayed: %s", output.sopInstanceUid, e.getMessage());
            return true;
        }
    }
}
