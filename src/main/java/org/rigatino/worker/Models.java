package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.finding.NormalStudiesInForce;
import org.rigatino.release.Standings;
import org.rigatino.restore.AbsentRelease;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.WarmModels;
import org.rigatino.rule.HouseRules;

/** The releases here, warm: those that serve from the start, others when they are needed. */
@ApplicationScoped
public class Models {
    private static final Logger LOG = Logger.getLogger(Models.class);

    @Inject
    RestoreConfiguration configuration;

    @Inject
    ReleasesAtHand atHand;

    @Inject
    Standings standings;

    @Inject
    NormalStudiesInForce inForce;

    @Inject
    HeldReleases held;

    private volatile WarmModels warm;

    /**
     * @throws ConfigurationException where there is no release, one is broken, nothing says which of two serves, or the
     *     device is missing
     */
    public synchronized void open() {
        try {
            some(atHand.all(), configuration);
            standings.adopt();
            WarmModels models = new WarmModels(standings.serving(), configuration.device(), configuration.batch());
            requireReach(models);
            models.releases().all().forEach(release -> held.open(models, release));
            models.releases().absent().forEach(Models::tellAbsent);
            held.tell();
            warm = models;
        } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    private static void tellAbsent(AbsentRelease release) {
        LOG.errorf(
                "model release %s, sha256 %s, serves by the record and is not under rigatino.restore.models: its images fail"
                        + " until it is there after a restart, or another is promoted by ./rigatino promote",
                release.model(), release.digest());
    }

    /** Reads the releases without an engine. @throws ConfigurationException where there is none, or one is broken */
    static void check(RestoreConfiguration configuration, HouseRules rules) {
        try {
            List<ModelRelease> all = some(ReleasesAtHand.check(configuration.models()), configuration);
            rules.requireReleases(all.stream().map(ModelRelease::model).toList());
            ModelReleases.requireShadows(all, configuration.shadow().orElse(Set.of()));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Whether any release may be opened by these settings, and by the engine that is here; empty where that is so. */
    static Optional<String> whyNoneOpens(RestoreConfiguration configuration) {
        try {
            PyTorch.device(configuration.device());
            return Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Opens it, as a worker does before it judges by it, and closes it. Empty where that goes well. */
    static Optional<String> whyNotOpen(ModelRelease release, RestoreConfiguration configuration) {
        try {
            Restorer.open(release, configuration.device(), configuration.batch())
                    .close();
            return Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static List<ModelRelease> some(List<ModelRelease> found, RestoreConfiguration configuration) {
        if (found.isEmpty()) {
            throw new ConfigurationException("rigatino.restore.models: no model release under "
                    + configuration.models().toAbsolutePath()
                    + ": put one at NAME/VERSION below it, or leave \"worker\" out of rigatino.roles");
        }
        return found;
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

    /** What serves by the record now. */
    WarmModels serving() {
        return warm.of(standings.serving());
    }

    /** Releases, serving or not, over what is warm already. */
    WarmModels over(ModelReleases releases) {
        return warm.of(releases);
    }

    @PreDestroy
    synchronized void close() {
        if (warm != null) {
            warm.close();
        }
    }
}
