package org.rigatino.result;

import java.util.OptionalInt;

/** Another's settings for objects that are drawn and filed alike, and are to have other UIDs: see {@link ConfigurationDigest}. */
interface RenewedConfiguration extends ResultConfiguration {
    ResultConfiguration configuration();

    @Override
    default String modality() {
        return configuration().modality();
    }

    @Override
    default double level() {
        return configuration().level();
    }

    @Override
    default double span() {
        return configuration().span();
    }

    @Override
    default int seriesNumberBase() {
        return configuration().seriesNumberBase();
    }

    @Override
    default OptionalInt ownBatch() {
        return configuration().ownBatch();
    }
}
