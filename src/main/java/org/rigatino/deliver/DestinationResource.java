package org.rigatino.deliver;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Actor;
import org.rigatino.access.UserRole;

/** Destinations over REST. */
@Path("/api/destinations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(UserRole.ADMINISTRATOR)
@Tag(name = "Destinations")
public class DestinationResource {
    @Inject
    Destinations destinations;

    @Inject
    DestinationEcho echo;

    @GET
    @Operation(summary = "The archives that are configured, with what is on its way to each")
    public List<DestinationView> list() {
        return destinations.list();
    }

    @POST
    @Path("{name}/echo")
    @Operation(
            summary = "C-ECHO as deliveries would reach the archive, answered within 40 s; 409 where one is under way")
    public Echo echo(String name, @Context SecurityContext caller, @Context HttpServerRequest request) {
        try {
            return echo.echo(name, Actor.of(caller.getUserPrincipal(), request))
                    .orElseThrow(() ->
                            new NotFoundException("no destination " + name + " is in rigatino.deliver.destinations"));
        } catch (IllegalStateException e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT);
        }
    }
}
