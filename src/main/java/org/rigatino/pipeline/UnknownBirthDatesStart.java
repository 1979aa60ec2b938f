package org.rigatino.pipeline;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.rigatino.patient.NobodyConfiguration;
import org.rigatino.restore.UnknownBirthDates;

/** Puts the site's dates of birth that mean nothing in force before anything is received or read. */
@ApplicationScoped
public class UnknownBirthDatesStart {
    private static final String PROPERTY = "rigatino.nobody.birth-dates";

    @Inject
    NobodyConfiguration nobody;

    /** Of commands, which read headers without an application: by the settings that they read. */
    public static void ofCommand() {
        UnknownBirthDates.enforce(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .build()
                .getOptionalValues(PROPERTY, String.class)
                .orElse(List.of(NobodyConfiguration.BIRTH_DATES.split(","))));
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        UnknownBirthDates.enforce(nobody.birthDates());
    }
}
