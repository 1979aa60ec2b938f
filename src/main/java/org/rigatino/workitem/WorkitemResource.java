package org.rigatino.workitem;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;

/** Workitems over REST. */
@Path("/api/workitems")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(UserRole.ADMINISTRATOR)
@Tag(name = "Workitems")
public class WorkitemResource {
    @Inject
    Workitems workitems;

    @GET
    @Operation(
            summary =
                    "The UPS-RS services that are asked for workitems, and the workitems that were claimed: all that have"
                            + " not ended, and those that did within a week, 200 at most")
    public WorkitemView list() {
        return workitems.list();
    }
}
