package org.rigatino.backup;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.restore.RestoreConfiguration;

/** Where the files are that a process which serves with the same settings works on. */
record Places(Path instances, Path outputs, Path models) {
    /** In the instance store: what is not whole yet. */
    private static final String INCOMING = "incoming";

    static final String MODELS = "models";

    static Places configured() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .addDefaultSources()
                .withMapping(IngestConfiguration.class)
                .withMapping(DeliverConfiguration.class)
                .withMapping(RestoreConfiguration.class)
                .build();
        return new Places(
                config.getConfigMapping(IngestConfiguration.class).store(),
                config.getConfigMapping(DeliverConfiguration.class).outputs(),
                config.getConfigMapping(RestoreConfiguration.class).models());
    }

    /** By the name of the folder that holds them in a backup. */
    Map<String, Path> byName() {
        return new TreeMap<>(Map.of("instances", instances, "outputs", outputs, MODELS, models));
    }

    /** Where files of a place were looked for, and which setting says so; in words. */
    String told(String name) {
        String setting =
                switch (name) {
                    case "instances" -> "rigatino.ingest.store";
                    case "outputs" -> "rigatino.deliver.outputs";
                    default -> "rigatino.restore.models";
                };
        return name + "/ is looked for in "
                + byName().get(name).toAbsolutePath().normalize() + " (" + setting + ", "
                + setting.toUpperCase(Locale.ROOT).replace('.', '_') + ")";
    }

    /** Whether a path in the place is part of it: what is not whole yet is not. */
    static boolean isKept(Path relative) {
        String file = relative.getFileName().toString();
        return !relative.startsWith(INCOMING) && !file.endsWith(".tmp");
    }
}
