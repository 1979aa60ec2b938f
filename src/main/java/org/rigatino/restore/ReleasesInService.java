package org.rigatino.restore;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;

/** The releases under {@code rigatino.restore.models}, read once: what is put there later is in service after a restart. */
@ApplicationScoped
public class ReleasesInService {
    @Inject
    RestoreConfiguration configuration;

    private ModelReleases releases;

    /** @throws IOException where there is no such directory, or a release in it is broken; asked again it looks again */
    public synchronized ModelReleases get() throws IOException {
        if (releases == null) {
            releases = ModelReleases.load(configuration.models());
        }
        return releases;
    }

    /** Empty where the release is not in service here. */
    public Optional<ModelRelease> find(String digest) throws IOException {
        return get().all().stream()
                .filter(release -> release.digest().equals(digest))
                .findFirst();
    }
}
