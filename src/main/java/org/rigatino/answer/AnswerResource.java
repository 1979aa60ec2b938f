package org.rigatino.answer;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
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
import org.rigatino.web.ViewRecord;

/** Answers over REST. Comments may name a patient: who is shown any is in the trail. */
@Path("/api/studies/{studyInstanceUid}/answers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Answers")
public class AnswerResource {
    @Inject
    Answers answers;

    @Inject
    ViewRecord views;

    @Inject
    IdentityAccess access;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST})
    @Operation(
            summary = "What people said of the study's findings, the earliest first, with what was revised",
            description =
                    "Comments are shown to whom all of the study's patient is; \"commented\" says that there is one")
    public List<AnswerView> list(String studyInstanceUid) {
        List<AnswerView> found = answers.of(studyInstanceUid, access.of(caller.roles()));
        if (!found.isEmpty()) {
            boolean comments = found.stream().anyMatch(answer -> answer.comment() != null);
            views.answered(studyInstanceUid, comments, caller.actor());
        }
        return found;
    }

    @POST
    @RolesAllowed(UserRole.RADIOLOGIST)
    @Operation(
            summary = "Answers a finding; revises the answer that the caller names and saw",
            description =
                    "409 where another is in force than the caller saw, with that one, without its comment, as \"current\"; where something is"
                            + " MISSED in a study of which an image is flagged; or where its file is not kept")
    public AnswerView give(String studyInstanceUid, AnswerRequest answer) {
        if (answer == null) {
            throw new BadRequestException(
                    "the body must be an answer: \"sopInstanceUid\", \"frameNumber\", \"verdict\"");
        }
        try {
            return answers.give(studyInstanceUid, answer, caller.actor())
                    .orElseThrow(() -> new NotFoundException(
                            "no release judged this frame of this image in study " + studyInstanceUid));
        } catch (AnswerConflictException e) {
            throw conflict(e);
        }
    }

    private static HttpProblem conflict(AnswerConflictException e) {
        HttpProblem.Builder problem = HttpProblem.builder()
                .withStatus(Response.Status.CONFLICT)
                .withTitle("Conflict")
                .withDetail(e.getMessage());
        return (e.current() == null ? problem : problem.with("current", e.current())).build();
    }
}
