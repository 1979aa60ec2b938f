package org.rigatino.web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.identity.IdentityAccess;

/** The patient's earlier studies, for those who are shown whose studies are. */
@Path("/api/studies/{studyInstanceUid}/earlier")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Studies")
public class EarlierResource {
    @Inject
    StudyQueries studies;

    @Inject
    EarlierQueries earlier;

    @Inject
    IdentityAccess access;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR})
    @Operation(
            summary = "Earlier restored studies of the same patient, the latest first, with what was found in them",
            description =
                    "Of one Patient ID, issuer, name and birth date, all but the issuer known, without a sex that contradicts."
                            + " 403 where rigatino.page.identity does not show"
                            + " the caller all of whose studies are")
    public EarlierStudies list(String studyInstanceUid) {
        if (studies.of(studyInstanceUid).isEmpty()) {
            throw new NotFoundException("no study " + studyInstanceUid + " was received");
        }
        return earlier.of(studyInstanceUid, access.reader(caller.roles(), caller.actor()))
                .orElseThrow(() -> HttpProblem.builder()
                        .withStatus(Response.Status.FORBIDDEN)
                        .withTitle("Forbidden")
                        .withDetail(
                                "which studies are of one patient is for those who are shown all of whose a study is:"
                                        + " rigatino.page.identity and your roles say how much you are shown")
                        .build());
    }
}
