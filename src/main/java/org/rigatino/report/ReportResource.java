package org.rigatino.report;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.identity.IdentityAccess;

/** Reports of a study over REST. */
@Path("/api/studies/{studyInstanceUid}/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class ReportResource {
    @Inject
    Reports reports;

    @Inject
    IdentityAccess access;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed(UserRole.RADIOLOGIST)
    @Operation(
            summary =
                    "Reports of radiologists that came by HL7 for the study's accession number and patient, the latest first",
            description =
                    "\"content\" is null where the sender took it back. 403 where rigatino.page.identity does not show"
                            + " the caller all of whose studies are")
    public List<ReportView> list(String studyInstanceUid) {
        return reports.of(studyInstanceUid, access.reader(caller.roles(), caller.actor()))
                .orElseThrow(() -> HttpProblem.builder()
                        .withStatus(Response.Status.FORBIDDEN)
                        .withTitle("Forbidden")
                        .withDetail("reports are for those who are shown all of whose a study is:"
                                + " rigatino.page.identity and your roles say how much you are shown")
                        .build());
    }
}
