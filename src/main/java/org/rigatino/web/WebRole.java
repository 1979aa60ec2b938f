package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether this process has the role {@code web}. */
@ApplicationScoped
class WebRole {
    @ConfigProperty(name = "rigatino.roles", defaultValue = "listener,worker,web")
    Set<String> roles;

    boolean isServed() {
        return roles.contains("web");
    }
}
