package org.rigatino.dicom;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Puts the configured limits in force before anything is received or read. */
@ApplicationScoped
class LimitsStart {
    @Inject
    DicomConfiguration configuration;

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        try {
            ReadLimits.enforce(configuration.readLimits());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("rigatino.dicom.limits: " + e.getMessage(), e);
        }
    }
}
