package org.rigatino.answer;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;

/** What people say of a release, in service or gone. */
@Path("/api/models/{digest}/answers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
@Tag(name = "Answers")
public class ReleaseAnswersResource {
    @Inject
    ReleaseAnswers answers;

    @GET
    @Operation(
            summary = "Answers in force to a release's findings, counted by sender and scanner, and the disagreements",
            description =
                    "Intervals are Wilson's of 95 %, and take answers for independent: images of one study are not")
    public ReleaseAnswers.Counted show(String digest) {
        if (!answers.isKnown(digest)) {
            throw new NotFoundException("no release of digest " + digest + " judged anything here");
        }
        return answers.of(digest);
    }
}
