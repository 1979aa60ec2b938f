package org.rigatino.result;

/** How results of one release are drawn and filed. Whatever changes here changes the UIDs of what is made. */
public interface ResultConfiguration {
    /** As {@link SiteResultConfiguration#modality}. */
    String modality();

    /** Departure from which on there is colour, an outline, a region; in multiples of the normal variation at its place. */
    double level();

    /** As {@link SiteResultConfiguration#span}. */
    double span();

    /** As {@link SiteResultConfiguration#seriesNumberBase}. */
    int seriesNumberBase();
}
