package org.rigatino.deliver;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
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

    @Inject
    DestinationChanges changes;

    @Inject
    DestinationRemoval removal;

    @Inject
    Caller caller;

    @GET
    @Operation(
            summary =
                    "The archives that are configured or were added, or were and have deliveries open, with what is on its way to each")
    public List<DestinationView> list() {
        return destinations.list();
    }

    @PUT
    @Path("{name}")
    @Operation(
            summary =
                    "Adds a DICOM destination, or changes the one that was added here and seen in this version, in force"
                            + " in every process within a second or two; 400 where it cannot be right, 409 where somebody was"
                            + " quicker, the configuration has one of the name, or more deliveries are open of one that had the"
                            + " name before than the caller says was seen")
    public AddedDestination put(
            String name,
            @QueryParam("version") Long version,
            @QueryParam("open") Long open,
            DestinationSettings settings) {
        if (settings == null) {
            throw new BadRequestException("the body must say where the destination is: host, port, aeTitle");
        }
        return version == null
                ? changes.add(name, settings, open == null ? 0 : open, caller.actor())
                : changes.change(name, version, settings, caller.actor());
    }

    @POST
    @Path("{name}/pause")
    @Operation(
            summary = "Nothing is sent for now to a destination that was added here and seen in this version: what is"
                    + " restored waits; 409 where somebody was quicker")
    public AddedDestination pause(String name, @QueryParam("version") Long version) {
        return changes.pause(name, required("version", version), true, caller.actor());
    }

    @POST
    @Path("{name}/resume")
    @Operation(summary = "Goes on to send to a destination that was paused; 409 where somebody was quicker")
    public AddedDestination resume(String name, @QueryParam("version") Long version) {
        return changes.pause(name, required("version", version), false, caller.actor());
    }

    @DELETE
    @Path("{name}")
    @Operation(
            summary = "Takes out a destination that was added here and seen in this version, and cancels its open"
                    + " deliveries; 409 where somebody was quicker, or more are open than the caller says was seen")
    public DestinationActs.Changed remove(
            String name, @QueryParam("version") Long version, @QueryParam("open") Long open) {
        return removal.remove(name, required("version", version), required("open", open), caller.actor());
    }

    private static <T> T required(String parameter, T value) {
        if (value == null) {
            throw new BadRequestException("the parameter \"" + parameter + "\" is missing: say what was seen");
        }
        return value;
    }

    @POST
    @Path("{name}/echo")
    @Operation(
            summary =
                    "C-ECHO, or QIDO-RS of a DICOMweb service, as deliveries would reach the archive, or as the body has it"
                            + " where there is one, answered within 40 s; 409 where one is under way")
    public Echo echo(String name, DestinationSettings entered) {
        if (entered != null) {
            return echo.echo(name, entered, caller.actor());
        }
        return echo.echo(name, caller.actor())
                .orElseThrow(() -> new NotFoundException(
                        "no destination " + name + " is in rigatino.deliver.destinations or was added"));
    }

    @POST
    @Path("{name}/cancel")
    @Operation(
            summary = "Ends what is on its way to an archive that is not configured any more, 1000 deliveries at most;"
                    + " 409 where it is configured")
    public DestinationActs.Changed cancel(String name) {
        return acts.cancel(name, caller.actor());
    }

    @POST
    @Path("{name}/repeat")
    @Operation(
            summary =
                    "Sends again what was declined or cancelled, 1000 deliveries at most, to where the archive was seen"
                            + " to be (place) and no more than were seen (repeatable), but for what another place declined; 400"
                            + " without one of them, 409 where it is elsewhere or not configured")
    @APIResponse(responseCode = "200", description = "How many, and whether there are more")
    @APIResponse(responseCode = "400", description = "Bad Request")
    public DestinationActs.Changed repeat(
            String name,
            @Parameter(required = true) @QueryParam("place") String place,
            @Parameter(required = true) @QueryParam("repeatable") Long repeatable) {
        return acts.repeat(
                name,
                DestinationActs.Again.shown(required("place", place), required("repeatable", repeatable)),
                caller.actor());
    }
}
