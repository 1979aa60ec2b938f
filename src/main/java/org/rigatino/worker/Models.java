package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.rigatino.finding.NormalStudiesInForce;
import org.rigatino.restore.ModelReleases;
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

    @Inject
    NormalStudiesInForce inForce;

    private volatile WarmModels warm;

    /** @throws ConfigurationException where there is no release, one is broken, or the device is missing */
    public synchronized void open() {
        try {
            WarmModels models =
                    new WarmModels(some(inService.get(), configuration), configuration.device(), configuration.batch());
            requireReach(models);
            models.openAll();
            warm = models;
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    /** Reads the releases without an engine. @throws ConfigurationException where there is none, or one is broken */
    static ModelReleases load(RestoreConfiguration configuration) {
        try {
            return some(ModelReleases.load(configuration.models()), configuration);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static ModelReleases some(ModelReleases loaded, RestoreConfiguration configuration) {
        if (loaded.all().isEmpty()) {
            throw new ConfigurationException("rigatino.restore.models: no model release under "
                    + configuration.models().toAbsolutePath()
                    + ": put one at NAME/VERSION below it, or leave \"worker\" out of rigatino.roles");
        }
        return loaded;
    }

    private static ConfigurationException unusable(Exception cause) {
        return new ConfigurationException("rigatino.restore: " + cause.getMessage(), cause);
    }

    /** A promise that a release can never keep stops the start. */
    private void requireReach(WarmModels models) {
        try {
            models.releases().all().forEach(inForce::of);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
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
