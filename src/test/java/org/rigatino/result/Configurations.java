package org.rigatino.result;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.OptionalInt;

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
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(SiteResultConfiguration.class)
                .build()
                .getConfigMapping(SiteResultConfiguration.class);
    }
}
