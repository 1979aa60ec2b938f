package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rigatino.persistence.Finding;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.Restorer;
import org.rigatino.result.ConfigurationDigest;
import org.rigatino.result.SiteResultConfiguration;

/** What the colours of a finding's overlay mean, as far as the settings that it was made with are those of now. */
@ApplicationScoped
class OverlayScales {
    private static final Logger LOG = Logger.getLogger(OverlayScales.class);

    @Inject
    SiteResultConfiguration settings;

    @Inject
    RestoreConfiguration restore;

    @Inject
    ReleasesAtHand releases;

    /** Empty where settings were others or a version before drew it, and where its release is not here and sets the level. */
    Optional<OverlayScale> of(Finding finding) {
        if (!ConfigurationDigest.of(settings, Restorer.ownBatch(restore.batch()))
                .equals(finding.configurationDigest)) {
            return Optional.empty();
        }
        if (settings.level().isPresent()) {
            return settings.level().map(this::scale);
        }
        try {
            return releases.find(finding.modelDigest)
                    .map(release -> scale(release.file().markLevel()));
        } catch (IOException e) {
            LOG.warnf("what an overlay's colours mean is not said: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private OverlayScale scale(double level) {
        return new OverlayScale(level, level + settings.span());
    }
}
