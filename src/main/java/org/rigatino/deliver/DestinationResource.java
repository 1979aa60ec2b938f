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
import java.util.function.Supplier;
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

    @Inject
    DestinationActs acts;

    @GET
    @Operation(
            summary =
                    "The archives that are configured, or were and have deliveries open, with what is on its way to each")
    public List<DestinationView> list() {
        return destinations.list();
    }

    @POST
    @Path("{name}/echo")
    @Operation(
            summary =
                    "C-ECHO, or QIDO-RS of a DICOMweb service, as deliveries would reach the archive, answered within 40 s;"
                            + " 409 where one is under way")
    public Echo echo(String name, @Context SecurityContext caller, @Context HttpServerRequest request) {
        try {
            return echo.echo(name, Actor.of(caller.getUserPrincipal(), request))
                    .orElseThrow(() ->
                            new NotFoundException("no destination " + name + " is in rigatino.deliver.destinations"));
        } catch (IllegalStateException e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT);
        }
    }

    @POST
    @Path("{name}/cancel")
    @Operation(
            summary = "Ends what is on its way to an archive that is not configured any more, 1000 deliveries at most;"
                    + " 409 where it is configured")
    public DestinationActs.Changed cancel(
            String name, @Context SecurityContext caller, @Context HttpServerRequest request) {
        return act(() -> acts.cancel(name, Actor.of(caller.getUserPrincipal(), request)));
    }

    @POST
    @Path("{name}/repeat")
    @Operation(
            summary = "Sends again what the archive declined or what was cancelled, 1000 deliveries at most; 409 where"
                    + " the archive is not configured")
    public DestinationActs.Changed repeat(
            String name, @Context SecurityContext caller, @Context HttpServerRequest request) {
        return act(() -> acts.repeat(name, Actor.of(caller.getUserPrincipal(), request)));
    }

    private static DestinationActs.Changed act(Supplier<DestinationActs.Changed> act) {
        try {
            return act.get();
        } catch (IllegalStateException e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT);
        }
    }
}
