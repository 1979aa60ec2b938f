package org.rigatino.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditRows;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.StudyLife;

/** Studies and what became of them. UIDs only: who the patient is, the PACS knows. */
@Path("/api/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Studies")
public class StudyResource {
    @Inject
    Caller caller;

    @Inject
    StudyQueries queries;

    @Inject
    StudyLife life;

    @Inject
    AuditRows trail;

    @GET
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.ADMINISTRATOR})
    @Operation(summary = "Study revisions by priority, the most abnormal first, then the latest")
    public List<StudyView> list(
            @QueryParam("state") Set<StudyState> states,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("size") @DefaultValue("50") @Min(1) @Max(1000) int size) {
        return queries.list(states, page * size, size);
    }

    @GET
    @Path("{studyInstanceUid}")
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
    @Operation(
            summary = "One study: its revisions with instances, findings, outputs and deliveries",
            description = "A page of each list of each revision; totals counts all pages, and where there is more the"
                    + " header Link names the next page (RFC 8288)")
    public List<RevisionView> show(
            String studyInstanceUid,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(100_000) int page,
            @QueryParam("size") @DefaultValue("1000") @Min(1) @Max(10_000) int size,
            @Context HttpServerRequest request) {
        List<RevisionView> revisions = queries.revisions(studyInstanceUid, page * size, size);
        if (revisions.isEmpty()) {
            throw new NotFoundException("no study " + studyInstanceUid + " was received");
        }
        if (revisions.stream().anyMatch(revision -> revision.totals().longest() > (page + 1L) * size)) {
            next(request, studyInstanceUid + "?page=" + (page + 1) + "&size=" + size);
        }
        return revisions;
    }

    /** How many revisions are tried again. */
    public record Replayed(int revisions) {}

    @POST
    @Path("{studyInstanceUid}/replay")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Operation(summary = "Tries a failed study again, once the cause is mended")
    public Replayed replay(String studyInstanceUid) {
        int revisions = life.replay(studyInstanceUid, caller.actor());
        if (revisions == 0) {
            throw new ClientErrorException(
                    "study " + studyInstanceUid + " has no failed revision: only those are tried again, and one that an"
                            + " archive refused objects of has not failed while another destination still has to get them",
                    Response.Status.CONFLICT);
        }
        return new Replayed(revisions);
    }

    @GET
    @Path("{studyInstanceUid}/audit")
    @RolesAllowed(UserRole.AUDITOR)
    @Operation(
            summary = "Audit events of a study, oldest first",
            description =
                    "Those behind the id after; where there are more, the header Link names the next page (RFC 8288). 404 where"
                            + " the trail names no such study and none was received")
    public List<AuditRow> audit(
            String studyInstanceUid,
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("size") @DefaultValue("1000") @Min(1) @Max(10_000) int size,
            @Context HttpServerRequest request) {
        List<AuditRow> rows = trail.ofStudy(studyInstanceUid, after, size + 1);
        if (rows.isEmpty()) {
            requireKnown(studyInstanceUid);
        }
        if (rows.size() <= size) {
            return rows;
        }
        next(request, studyInstanceUid + "/audit?after=" + rows.get(size - 1).id() + "&size=" + size);
        return rows.subList(0, size);
    }

    /** An empty history would read as if nothing had happened. */
    private void requireKnown(String studyInstanceUid) {
        if (trail.countOfStudy(studyInstanceUid) == 0
                && queries.revisions(studyInstanceUid, 0, 1).isEmpty()) {
            throw new NotFoundException(
                    "no study " + studyInstanceUid + " was received, and the audit trail names none of this UID");
        }
    }

    private static void next(HttpServerRequest request, String place) {
        request.response().putHeader("Link", "</api/studies/" + place + ">; rel=\"next\"");
    }
}
