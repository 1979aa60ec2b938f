package org.rigatino.restore;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The releases under {@code rigatino.restore.models}, read once: what is put there later is seen after a restart. Which of
 * them serves the record says.
 */
@ApplicationScoped
public class ReleasesAtHand {
    @Inject
    RestoreConfiguration configuration;

    private List<ModelRelease> releases;

    /** @throws IOException where there is no such directory, or a release in it is broken; asked again it looks again */
    public synchronized List<ModelRelease> all() throws IOException {
        if (releases == null) {
            releases = ModelReleases.read(configuration.models());
        }
        return releases;
    }

    /** Empty where the release is not here. */
    public Optional<ModelRelease> find(String digest) throws IOException {
        return all().stream().filter(release -> release.digest().equals(digest)).findFirst();
    }
}
