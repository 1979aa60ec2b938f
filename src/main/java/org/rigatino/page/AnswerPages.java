package org.rigatino.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.answer.AnswerConflictException;
import org.rigatino.answer.AnswerReason;
import org.rigatino.answer.AnswerRequest;
import org.rigatino.answer.AnswerView;
import org.rigatino.answer.Answers;

/** Answers to findings by the form on a study's page. Where one is not recorded the page says why, and has what was typed. */
@Path("/studies")
@RolesAllowed(UserRole.RADIOLOGIST)
public class AnswerPages {
    @Inject
    StudyContents contents;

    @Inject
    Answers answers;

    @Inject
    Visit visit;

    @Inject
    StudyPage page;

    @POST
    @Path("{studyInstanceUid}/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response answer(String studyInstanceUid, @BeanParam AnswerForm form) {
        AnswerRequest said = form.request();
        StudyContents.Study study = contents.of(studyInstanceUid)
                .orElseThrow(() -> new NotFoundException("there is no study " + studyInstanceUid));
        try {
            form.requirePlace();
            if (!form.replaces) {
                requireOwn(studyInstanceUid, said.revises());
            }
            return recorded(
                    studyInstanceUid,
                    answers.give(studyInstanceUid, said, visit.actor())
                            .orElseThrow(() -> new NotFoundException(
                                    "no release judged this frame of this image in study " + studyInstanceUid)));
        } catch (AnswerConflictException e) {
            boolean quicker =
                    e.current() != null && !Long.valueOf(e.current().id()).equals(said.revises());
            return refused(
                    study,
                    said,
                    Response.Status.CONFLICT,
                    quicker ? Answering.Outcome.QUICKER : Answering.Outcome.REFUSED,
                    e);
        } catch (IllegalArgumentException e) {
            return refused(study, said, Response.Status.BAD_REQUEST, Answering.Outcome.REFUSED, e);
        }
    }

    private static Response recorded(String studyInstanceUid, AnswerView answer) {
        return Response.seeOther(UriBuilder.fromPath("/studies/{uid}")
                        .queryParam("instance", answer.sopInstanceUid())
                        .queryParam("frame", answer.frameNumber())
                        .queryParam("model", answer.modelDigest())
                        .queryParam("answered", Answering.Outcome.DONE)
                        .fragment("viewer")
                        .build(studyInstanceUid))
                .build();
    }

    /** One key is no decision over what a colleague has said. */
    private void requireOwn(String studyInstanceUid, Long revised) {
        answers.of(studyInstanceUid, visit.readsAs().level()).stream()
                .filter(answer -> Long.valueOf(answer.id()).equals(revised))
                .filter(answer -> answer.isOfAnother(visit.actor().name()))
                .findFirst()
                .ifPresent(answer -> {
                    throw AnswerReason.COLLEAGUES.wrong(answer.answeredBy());
                });
    }

    private Response refused(
            StudyContents.Study study,
            AnswerRequest said,
            Response.Status status,
            Answering.Outcome came,
            RuntimeException why) {
        List<Place> places = page.places(study.uid());
        return page.of(
                status,
                study,
                places,
                sought(places, said),
                null,
                answering -> answering.with(came, Spoken.of(why, visit.getLanguage()), said));
    }

    private static Sought sought(List<Place> places, AnswerRequest said) {
        return said.frameNumber() == null
                ? Sought.of(places, 1)
                : Sought.of(places, said.sopInstanceUid(), said.frameNumber(), said.modelDigest());
    }
}
