package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rigatino.audit.ProcessRole;

/** Whether this process has the role {@code web}: asked when a request comes, for the filter is there before settings are. */
@ApplicationScoped
class WebRole {
    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    boolean isServed() {
        return roles.contains(ProcessRole.WEB);
    }
}
