package org.rigatino.result;

import java.util.OptionalInt;

/**
 * What a site sets, for what one release judges.
 *
 * @param releaseLevel holds where the site sets none
 * @param ownBatch as {@link ResultConfiguration#ownBatch}
 */
public record ReleaseConfiguration(SiteResultConfiguration settings, double releaseLevel, OptionalInt ownBatch)
        implements ResultConfiguration {
    @Override
    public String modality() {
        return settings.modality();
    }

    @Override
    public double level() {
        return settings.level().orElse(releaseLevel);
    }

    @Override
    public double span() {
        return settings.span();
    }

    @Override
    public int seriesNumberBase() {
        return settings.seriesNumberBase();
    }
}
