package org.rigatino;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Configurations of given settings and defaults, without those of the environment and of files. */
public final class Settings {
    private Settings() {}

    /** Of defaults alone. */
    public static <T> T of(Class<T> mapping) {
        return of(mapping, Map.of());
    }

    public static <T> T of(Class<T> mapping, Map<String, String> settings) {
        return all(settings, mapping).getConfigMapping(mapping);
    }

    public static SmallRyeConfig all(Map<String, String> settings, Class<?>... mappings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 500));
        for (Class<?> mapping : mappings) {
            builder.withMapping(mapping);
        }
        return builder.build();
    }
}
