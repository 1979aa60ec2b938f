package org.rigatino.dicom;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Puts the configured limits in force before anything is received or read. */
@ApplicationScoped
public class LimitsStart {
    @Inject
    DicomConfiguration configuration;

    /**
     * Of commands, which read files without an application: by the settings that they read.
     *
     * @throws ConfigurationException or {@link ConfigValidationException} where they are none
     */
    public static void ofCommand() {
        enforce(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .addDefaultSources()
                .withMapping(DicomConfiguration.class)
                .build()
                .getConfigMapping(DicomConfiguration.class));
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        enforce(configuration);
    }

    private static void enforce(DicomConfiguration configuration) {
        try {
            ReadLimits.enforce(configuration.readLimits());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("rigatino.dicom.limits: " + e.getMessage(), e);
        }
    }
}
