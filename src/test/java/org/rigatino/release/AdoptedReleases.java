package org.rigatino.release;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.restore.Releases;
import org.rigatino.restore.RestoreConfiguration;

/** What a worker's start makes of the releases in models/. */
public final class AdoptedReleases {
    private AdoptedReleases() {}

    private record Disk(Path models, Optional<Set<String>> shadow, String device, int batch)
            implements RestoreConfiguration {}

    /** NAME/VERSION STANDING of all on the record by then. */
    public static List<String> on(DeliveryDatabase database) throws Exception {
        database.with(new Disk(Path.of("models"), Optional.empty(), "cpu", 1), new Releases.AllAtHand());
        database.bean(AuditTrail.class);
        database.bean(ReleaseRecord.class);
        Standings standings = database.bean(Standings.class);
        standings.adopt();
        return standings.all().stream()
                .map(release -> release.model() + " " + release.standing())
                .toList();
    }
}
