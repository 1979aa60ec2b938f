package org.rigatino.release;

import java.time.Instant;
import java.util.List;
import org.rigatino.restore.AbsentRelease;
import org.rigatino.restore.Claim;
import org.rigatino.restore.Eligibility;

/**
 * A release that a worker has seen.
 *
 * @param changedBy who promoted it or took it back; null where a worker saw it first
 * @param tookPlaceOf digests of those that its promotion put into shadow
 * @param traits null where no worker has told
 */
public record RecordedRelease(
        String digest,
        String name,
        String version,
        Eligibility eligibility,
        Standing standing,
        Instant since,
        String changedBy,
        List<String> tookPlaceOf,
        Traits traits) {
    /** NAME/VERSION. */
    public String model() {
        return name + "/" + version;
    }

    public boolean serves() {
        return standing == Standing.SERVING;
    }

    Claim claim() {
        return new Claim(name, eligibility);
    }

    AbsentRelease absent() {
        return new AbsentRelease(name, version, digest, eligibility);
    }

    /** As the trail tells it. */
    String told() {
        return model() + " sha256 " + digest;
    }
}
