package org.rigatino.result;

/**
 * What a site sets, for what one release judges.
 *
 * @param releaseLevel holds where the site sets none
 */
public record ReleaseConfiguration(SiteResultConfiguration settings, double releaseLevel)
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
