package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.archive.Fetches;
import org.rigatino.archive.SearchUnderWayException;
import org.rigatino.archive.SeveralPatientsException;
import org.rigatino.archive.SourceResource;
import org.rigatino.archive.StudyQuery;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicomweb.RetrievalRecord;

/** A study of an archive, asked for by its number. What is searched by names a patient: it comes by a form, and is in no address. */
@Path("/fetch")
@RolesAllowed({UserRole.COORDINATOR, UserRole.ADMINISTRATOR})
public class FetchPages {
    /** Of one page. */
    private static final int MOST = 100;

    @Inject
    Fetches fetches;

    @Inject
    RetrievalRecord record;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance fetch(Visit visit, FetchOutcome outcome);

        private Templates() {}
    }

    /** @param retrievals that are told */
    @GET
    @Operation(hidden = true)
    public Response show(@QueryParam("retrieval") List<Long> retrievals) {
        return page(
                Response.Status.OK,
                FetchOutcome.of(retrievals.stream()
                        .limit(MOST)
                        .map(record::status)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response fetch(
            @FormParam("source") String source,
            @FormParam("accession") String accession,
            @FormParam("study") String study) {
        String archive = Given.text("source", source);
        if (archive == null) {
            throw new BadRequestException("the form must name a \"source\"");
        }
        if (!visit.getArchives().contains(archive)) {
            throw new NotFoundException("no archive of this name is in rigatino.ingest.sources");
        }
        FetchOutcome.Asked asked = new FetchOutcome.Asked(archive, accession, study);
        try {
            StudyQuery query = new StudyQuery(
                    Given.text("study", study), Given.text("accession", accession), null, null, null, null);
            return of(fetches.retrievals(archive, query, visit.actor()), asked);
        } catch (IllegalArgumentException e) {
            return refused(Response.Status.BAD_REQUEST, e, List.of(), asked);
        } catch (SearchUnderWayException e) {
            return refused(Response.Status.CONFLICT, e, List.of(), asked);
        } catch (SeveralPatientsException e) {
            return refused(Response.Status.CONFLICT, e, e.listed(), asked);
        } catch (DicomException e) {
            return refused(Response.Status.BAD_GATEWAY, e, List.of(), asked);
        }
    }

    private Response of(List<Long> retrievals, FetchOutcome.Asked asked) {
        return retrievals.isEmpty()
                ? page(Response.Status.OK, FetchOutcome.nothing(asked))
                : Response.seeOther(UriBuilder.fromPath("/fetch")
                                .queryParam("retrieval", retrievals.toArray())
                                .build())
                        .build();
    }

    private Response refused(
            Response.Status status, Exception why, List<SourceResource.Study> several, FetchOutcome.Asked asked) {
        return page(status, FetchOutcome.refused(why, several, asked, visit.getLanguage()));
    }

    private Response page(Response.Status status, FetchOutcome outcome) {
        return visit.page(status, Templates.fetch(visit, outcome));
    }
}
