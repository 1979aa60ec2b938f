package org.rigatino.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.web.EarlierQueries;
import org.rigatino.web.EarlierStudies;

/** The plot of a patient's studies over time. */
@Path("/studies")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR})
public class EarlierPages {
    @Inject
    EarlierQueries earlier;

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
}
