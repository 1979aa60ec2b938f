package org.rigatino.finding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;

/** Normal studies of releases, with the share of false alarms that the site has set. */
@ApplicationScoped
public class NormalStudiesInForce {
    @Inject
    FindingConfiguration configuration;

    /**
     * Empty where the release has none.
     *
     * @throws IllegalArgumentException where they are too few for the share that is set; the message says how many are needed
     */
    public Optional<NormalStudies> of(ModelRelease release) {
        return of(release, configuration.falseAlarmsPer100NormalStudies());
    }

    /** @param per100 the site's; empty for the release's own */
    static Optional<NormalStudies> of(ModelRelease release, Optional<Double> per100) {
        NormalStudies own = release.file().studies();
        if (own == null || per100.isEmpty()) {
            return Optional.ofNullable(own);
        }
        try {
            return Optional.of(own.withFalseAlarms(per100.get() / 100));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("rigatino.finding.false-alarms-per-100-normal-studies, model release "
                    + release.name() + "/" + release.version() + ": " + e.getMessage());
        }
    }
}
