package org.rigatino.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A process without the role {@code web} has no {@code /api}. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class WebFilter implements ContainerRequestFilter {
    @ConfigProperty(name = "rigatino.roles", defaultValue = "listener,worker,web")
    Set<String> roles;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!roles.contains("web") && request.getUriInfo().getPath().startsWith("/api")) {
            request.abortWith(Response.status(Response.Status.NOT_FOUND).build());
        }
    }
}
