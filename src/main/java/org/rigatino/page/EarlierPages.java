package org.rigatino.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.archive.EarlierFetch;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.web.EarlierQueries;
import org.rigatino.web.EarlierStudies;
import org.rigatino.web.StudyQueries;

/** The plot of a patient's studies over time, and the asking for those that are not here. */
@Path("/studies")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR})
public class EarlierPages {
    @Inject
    EarlierQueries earlier;

    @Inject
    EarlierFetch fetch;

    @Inject
    StudyQueries studies;

    @Inject
    Visit visit;

    @GET
    @Path("{studyInstanceUid}/earlier.png")
    @Produces("image/png")
    @Operation(hidden = true)
    public byte[] plot(String studyInstanceUid) {
        EarlierStudies studies = earlier.of(studyInstanceUid, visit.readsAs())
                .orElseThrow(
                        () -> new ForbiddenException("rigatino.page.identity does not show you whose studies are"));
        if (!EarlierPlot.isDrawn(studies)) {
            throw new NotFoundException("of study " + studyInstanceUid + " no earlier study of the patient is known");
        }
        try {
            return EarlierPlot.png(studies, visit.getLanguage());
        } catch (IOException e) {
            throw new ServiceUnavailableException(e.getMessage());
        }
    }

    /** What came of it is told on the study's page. Nothing of whose it is comes by the form or gets into an address. */
    @POST
    @Path("{studyInstanceUid}/earlier")
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response ask(String studyInstanceUid, @FormParam("source") String source) {
        String archive = Given.text("source", source);
        if (archive == null) {
            throw new BadRequestException("the form must name a \"source\"");
        }
        if (studies.of(studyInstanceUid).isEmpty()) {
            throw new NotFoundException("there is no study " + studyInstanceUid);
        }
        if (visit.readsAs().level() != IdentityLevel.FULL) {
            throw new ForbiddenException("rigatino.page.identity does not show you whose studies are");
        }
        EarlierFetch.Came came;
        try {
            came = fetch.ask(archive, studyInstanceUid, visit.readsAs());
        } catch (NoSuchElementException e) {
            throw new NotFoundException(e.getMessage());
        }
        UriBuilder page = UriBuilder.fromPath("/studies/{uid}").fragment("ask-earlier");
        return Response.seeOther((came == EarlierFetch.Came.SEARCHED ? page : page.queryParam("asked", came))
                        .build(studyInstanceUid))
                .build();
    }
}
