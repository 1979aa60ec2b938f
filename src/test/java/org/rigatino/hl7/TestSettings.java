package org.rigatino.hl7;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** A configuration of one receiver, {@code ris}, as a file would hold it. */
final class TestSettings {
    private TestSettings() {}

    static Hl7Configuration configuration(Map<String, String> settings) {
        SmallRyeConfigBuilder config =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(Hl7Configuration.class);
        settings.forEach((name, value) -> config.withDefaultValue("rigatino.hl7.receivers.ris." + name, value));
        return config.build().getConfigMapping(Hl7Configuration.class);
    }

    static Hl7Configuration.Settings of(Map<String, String> settings) {
        return configuration(settings).receivers().get("ris");
    }
}
