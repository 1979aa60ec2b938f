package org.rigatino.result;

import java.util.OptionalInt;

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

    /** A site's own number of images that a network sees at once: the last bits of what it draws depend on it. */
    OptionalInt ownBatch();
}
