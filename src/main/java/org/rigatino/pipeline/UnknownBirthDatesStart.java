package org.rigatino.pipeline;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import org.rigatino.patient.NobodyConfiguration;
import org.rigatino.restore.UnknownBirthDates;

/** Puts the site's dates of birth that mean nothing in force before anything is received or read. */
@ApplicationScoped
class UnknownBirthDatesStart {
    @Inject
    NobodyConfiguration nobody;

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        UnknownBirthDates.enforce(nobody.birthDates());
    }
}
