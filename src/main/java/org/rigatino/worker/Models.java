package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.ReleasesInService;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.Restorer;

/** The releases in service, warm. */
@ApplicationScoped
public class Models {
    @Inject
    RestoreConfiguration configuration;

    @Inject
    ReleasesInService inService;

    private final Map<String, Restorer> restorers = new HashMap<>();
    private volatile ModelReleases releases;

    /** @throws ConfigurationException where there is no release, one is broken, or the device is missing */
    public synchronized void open() {
        try {
            ModelReleases loaded = inService.get();
            for (ModelRelease release : loaded.all()) {
                restorers.put(release.digest(), Restorer.open(release, configuration.device(), configuration.batch()));
            }
            if (restorers.isEmpty()) {
                throw new ConfigurationException("rigatino.restore.models: no model release under "
                        + configuration.models().toAbsolutePath()
                        + ": put one at NAME/VERSION below it, or leave \"worker\" out of rigatino.roles");
            }
            releases = loaded;
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new ConfigurationException("rigatino.restore: " + e.getMessage(), e);
        }
    }

    /** Whether studies can be restored. */
    public boolean ready() {
        return releases != null;
    }

    ModelReleases releases() {
        return releases;
    }

    synchronized Restorer restorer(ModelRelease release) {
        return restorers.get(release.digest());
    }

    @PreDestroy
    synchronized void close() {
        restorers.values().forEach(Restorer::close);
        restorers.clear();
    }
}
