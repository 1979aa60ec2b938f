package org.rigatino.archive;

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
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicomweb.RetrievalRecord;
import org.rigatino.ingest.Sources;

/** Archives over REST. What is searched by names a patient, and so stands in a body and in no address. */
@Path("/api/sources")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.COORDINATOR, UserRole.ADMINISTRATOR})
@Tag(name = "Sources")
public class SourceResource {
    @Inject
    Caller caller;

    @Inject
    Sources sources;

    @Inject
    Fetches fetches;

    @Inject
    RetrievalRecord record;

    /**
     * What can be searched: an archive by C-FIND, or a DICOMweb service.
     *
     * @param aeTitle null of a DICOMweb service, as host and port
     * @param url null of an archive
     */
    @Schema(name = "SourceArchive")
    public record Source(String name, String aeTitle, String host, Integer port, URI url) {}

    /** By one of studyInstanceUid, accessionNumber and patientId; dates are the first and the last Study Date. */
    @Schema(name = "StudySearch")
    public record Search(
            String studyInstanceUid,
            String accessionNumber,
            String patientId,
            String issuerOfPatientId,
            LocalDate from,
            LocalDate to) {}

    /**
     * A study that an archive lists.
     *
     * @param patient 1 for the first patient of an answer, 2 for the next: who they are is not said
     * @param instances as the archive counts them; null where it does not
     * @param retrieval by which its retrieval is asked after; null where it is not fetched
     */
    @Schema(name = "ListedStudy")
    public record Study(
            String studyInstanceUid,
            int patient,
            LocalDate date,
            List<String> modalities,
            Integer instances,
            Long retrieval) {
        static Study of(ListedStudy study, int patient, Long retrieval) {
            return new Study(
                    study.studyInstanceUid(),
                    patient,
                    study.date().orElse(null),
                    study.modalities(),
                    study.instances().isPresent() ? study.instances().getAsInt() : null,
                    retrieval);
        }
    }

    @GET
    @Operation(summary = "The archives and DICOMweb services of rigatino.ingest.sources, which can be searched")
    public List<Source> list() {
        return sources.names().stream().map(this::source).toList();
    }

    private Source source(String name) {
        DicomwebNode service = sources.services().get(name);
        if (service != null) {
            return new Source(name, null, null, null, service.root());
        }
        RemoteNode archive = sources.archives().get(name);
        return new Source(name, archive.calledAeTitle(), archive.host(), archive.port(), null);
    }

    @POST
    @Path("{name}/fetch")
    @Operation(
            summary =
                    "Searches an archive by C-FIND or a DICOMweb service by QIDO-RS, and has the studies of one patient that"
                            + " match sent here by C-MOVE, or fetches them by WADO-RS."
                            + " An empty list where none matches; 409 where they are of several patients, with the list of them;"
                            + " 502 where the archive cannot be asked, or answers with what was not asked for")
    public List<Study> fetch(String name, Search search) {
        StudyQuery query = query(search);
        if (!sources.isConfigured(name)) {
            throw new NotFoundException(
                    "no source " + name + " is in rigatino.ingest.sources: an archive has .host, .port and"
                            + " .ae-title, a DICOMweb service .url");
        }
        try {
            return fetches.fetch(name, query, caller.actor()).stream()
                    .map(asked -> Study.of(asked.study(), 1, asked.id()))
                    .toList();
        } catch (SeveralPatientsException e) {
            throw problem(Response.Status.CONFLICT, e.getMessage())
                    .with("studies", e.listed())
                    .build();
        } catch (DicomException e) {
            throw problem(Response.Status.BAD_GATEWAY, e.getMessage()).build();
        }
    }

    private static StudyQuery query(Search search) {
        if (search == null) {
            throw new BadRequestException("the body must name one of studyInstanceUid, accessionNumber and patientId");
        }
        return new StudyQuery(
                search.studyInstanceUid(),
                search.accessionNumber(),
                search.patientId(),
                search.issuerOfPatientId(),
                search.from(),
                search.to());
    }

    private static HttpProblem.Builder problem(Response.Status status, String detail) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(status.getReasonPhrase())
                .withDetail(detail);
    }

    @GET
    @Path("{name}/retrievals/{id}")
    @Operation(summary = "How it stands with a study that was asked for: PENDING, RETRIEVED or FAILED")
    public RetrievalRecord.Status retrieval(String name, long id) {
        return record.status(id)
                .filter(status -> status.source().equals(name))
                .orElseThrow(() -> new NotFoundException("there is no retrieval " + id + " from " + name));
    }
}
