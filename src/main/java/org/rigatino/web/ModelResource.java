package org.rigatino.web;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;

/** Model releases that are here, serving or in shadow: what they are for, how well they did, and how their scores lie now. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR, UserRole.MONITOR})
@Tag(name = "Models")
public class ModelResource {
    @Inject
    ModelQueries queries;

    @GET
    @Operation(
            summary =
                    "Model releases that are here, serving or in shadow, with metrics, calibration and the drift of live scores against it;"
                            + " 503 where this process has none")
    public List<ModelView> list() throws SQLException {
        return queries.all();
    }

    @GET
    @Path("{digest}")
    @Operation(summary = "One release, by its SHA-256 in hex")
    public ModelView show(String digest) throws SQLException {
        return queries.find(digest)
                .orElseThrow(() -> new NotFoundException("no model release of digest " + digest + " is here"));
    }
}
