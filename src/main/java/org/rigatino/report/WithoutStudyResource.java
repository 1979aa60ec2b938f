package org.rigatino.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;
import org.rigatino.identity.OrderOfNoStudy;

/** What operators are told of reports: numbers alone. */
@Path("/api/reports/without-study")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(UserRole.ADMINISTRATOR)
@Tag(name = "Reports")
public class WithoutStudyResource {
    @Inject
    Reports reports;

    @GET
    @Operation(
            summary = "How many reports wait without a study, by reason",
            description = "They are deleted by rigatino.retention.unmatched-reports")
    public Map<OrderOfNoStudy, Long> count() {
        return reports.withoutStudy();
    }
}
