package org.rigatino.web;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** A process without the role {@code web} has neither {@code /api} nor pages. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class WebFilter implements ContainerRequestFilter {
    @Inject
    WebRole web;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!web.isServed() && !request.getUriInfo().getPath().startsWith("/dicom-web")) {
            request.abortWith(Response.status(Response.Status.NOT_FOUND).build());
        }
    }
}
