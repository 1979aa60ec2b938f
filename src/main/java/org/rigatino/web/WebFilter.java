package org.rigatino.web;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Holds every request for a resource against {@link WebAccess}. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class WebFilter implements ContainerRequestFilter {
    @Inject
    WebAccess access;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!access.isServed()) {
            request.abortWith(Response.status(Response.Status.NOT_FOUND).build());
        } else if (!access.permits(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            request.abortWith(Response.status(Response.Status.UNAUTHORIZED)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                    .build());
        }
    }
}
