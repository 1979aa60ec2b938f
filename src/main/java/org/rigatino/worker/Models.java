package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.rigatino.restore.ReleasesInService;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.WarmModels;

/** The releases in service, warm. */
@ApplicationScoped
public class Models {
    @Inject
    RestoreConfiguration configuration;

    @Inject
    ReleasesInService inService;

    private volatile WarmModels warm;

    /** @throws ConfigurationException where there is no release, one is broken, or the device is missing */
    public synchronized void open() {
        try {
            WarmModels models = new WarmModels(inService.get(), configuration.device(), configuration.batch());
            if (models.releases().all().isEmpty()) {
                throw new ConfigurationException("rigatino.restore.models: no model release under "
                        + configuration.models().toAbsolutePath()
                        + ": put one at NAME/VERSION below it, or leave \"worker\" out of rigatino.roles");
            }
            models.openAll();
            warm = models;
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new ConfigurationException("rigatino.restore: " + e.getMessage(), e);
        }
    }

    /** Whether studies can be restored. */
    public boolean ready() {
        return warm != null;
    }

    WarmModels warm() {
        return warm;
    }

    @PreDestroy
    synchronized void close() {
        if (warm != null) {
            warm.close();
        }
    }
}
