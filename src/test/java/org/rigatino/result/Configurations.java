package org.rigatino.result;

import java.util.Map;
import java.util.OptionalInt;
import org.rigatino.Settings;

/** Result configurations as an administrator would give them, for a release that marks from 3 on. */
final class Configurations {
    private Configurations() {}

    static ResultConfiguration of(String... keysAndValues) {
        return new ReleaseConfiguration(settings(keysAndValues), 3, OptionalInt.empty());
    }

    static SiteResultConfiguration settings(String... keysAndValues) {
        Map<String, String> properties = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put("rigatino.result." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.of(SiteResultConfiguration.class, properties);
    }
}
