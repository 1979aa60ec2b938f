package org.rigatino.hl7.listen;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while there is a thread that accepts connections of HL7 senders, or where this process is to accept none. */
@Readiness
@ApplicationScoped
public class Hl7ListenerReadiness implements HealthCheck {
    @Inject
    Hl7Listening listening;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("HL7 listener")
                .status(!listening.isWanted() || listening.isListening())
                .build();
    }
}
