package org.rigatino.rerun;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;

/** Finished studies judged again by the releases that serve now, over REST. */
@Path("/api/reruns")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
@Tag(name = "Models")
public class RerunResource {
    @Inject
    Reruns reruns;

    @Inject
    Caller caller;

    @Context
    HttpServerRequest request;

    @GET
    @Operation(
            summary =
                    "The latest 20 runs of finished studies through the releases that serve, and how far they have come")
    public List<Rerun> list() {
        return reruns.list();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A run, with the studies that it left as they were")
    public Rerun show(long id) {
        return reruns.find(id).orElseThrow(() -> new NotFoundException("there is no run " + id));
    }

    @GET
    @Path("preview")
    @Operation(
            summary =
                    "How many finished studies and images a run would judge again, and about how long: those alone that a"
                            + " release judged which does not serve now")
    public RerunPreview preview(@BeanParam RerunQuery query) {
        return reruns.preview(query.choice());
    }

    @POST
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Operation(
            summary =
                    "Starts a run: one study at a time, behind all that comes in; 400 where it has a body, or where nothing narrows"
                            + " it down and all=true is not said; 409 where one is under way or no study fits")
    public Rerun start(@BeanParam RerunQuery query) {
        requireNoBody();
        return reruns.start(query.explicit(), caller.actor());
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Operation(summary = "Puts no further study to work until it goes on; 409 where it is not RUNNING")
    public Rerun pause(long id) {
        return reruns.pause(id, caller.actor());
    }

    @POST
    @Path("{id}/continue")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Operation(summary = "Goes on; 409 where it is not PAUSED")
    public Rerun goOn(long id) {
        return reruns.goOn(id, caller.actor());
    }

    @POST
    @Path("{id}/stop")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Operation(summary = "Ends it for good; what it came to stays. 409 where it has ended")
    public Rerun stop(long id) {
        return reruns.stop(id, caller.actor());
    }

    /** What is chosen there would be passed over, and more be judged than was meant. */
    private void requireNoBody() {
        String length = request.getHeader("Content-Length");
        if (length != null && !length.strip().equals("0") || request.getHeader("Transfer-Encoding") != null) {
            throw new BadRequestException("no body is taken: choose studies by the parameters of the address");
        }
    }
}
