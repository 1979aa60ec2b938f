package org.rigatino.web;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Identities;
import org.rigatino.access.SessionCookies;
import org.rigatino.access.UserRole;

/** Who has signed in. Signing in is a form post to {@code /sign-in}. */
@Path("/api/session")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
@Tag(name = "Session")
public class SessionResource {
    @Inject
    SecurityIdentity identity;

    @Inject
    SessionCookies cookies;

    @Context
    HttpHeaders headers;

    /** Who asks, and what they may do. */
    public record SessionView(String name, Set<String> roles) {}

    @GET
    @Operation(summary = "Who has signed in, with which roles")
    public SessionView show() {
        return new SessionView(Identities.name(identity.getPrincipal()), identity.getRoles());
    }

    @DELETE
    @Operation(summary = "Sign out: the session's cookie is taken back")
    public Response signOut() {
        return Response.noContent().cookie(cookies.takenBack(headers)).build();
    }
}
