package org.rigatino.restore;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The releases under {@code rigatino.restore.models}, read once: what is put there later is seen after a restart. Which of
 * them serves the record says.
 */
@ApplicationScoped
public class ReleasesAtHand {
    private static final AtomicReference<Checked> CHECKED = new AtomicReference<>();

    private record Checked(Path directory, List<ModelRelease> releases) {}

    @Inject
    RestoreConfiguration configuration;

    private List<ModelRelease> releases;

    /** @throws IOException where there is no such directory, or a release in it is broken; asked again it looks again */
    public synchronized List<ModelRelease> all() throws IOException {
        if (releases == null) {
            Checked checked = CHECKED.getAndSet(null);
            releases = checked != null && checked.directory().equals(configuration.models())
                    ? checked.releases()
                    : ModelReleases.read(configuration.models());
        }
        return releases;
    }

    /**
     * The same for the check of the settings, just before the application begins: that takes what was read here, once,
     * since digests of all weights are a good part of a start.
     */
    public static List<ModelRelease> check(Path directory) throws IOException {
        List<ModelRelease> releases = ModelReleases.read(directory);
        CHECKED.set(new Checked(directory, releases));
        return releases;
    }

    /** Empty where the release is not here. */
    public Optional<ModelRelease> find(String digest) throws IOException {
        return all().stream().filter(release -> release.digest().equals(digest)).findFirst();
    }
}
