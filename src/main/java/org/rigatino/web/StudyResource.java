package org.rigatino.web;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;
import org.rigatino.persistence.StudyState;

/** Studies and what became of them. UIDs only: who the patient is, the PACS knows. */
@Path("/api/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Studies")
public class StudyResource {
    @Inject
    StudyQueries queries;

    @GET
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.ADMINISTRATOR})
    @Operation(summary = "Study revisions, the most abnormal first")
    public List<StudyView> list(
            @QueryParam("state") Set<StudyState> states,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("size") @DefaultValue("50") @Min(1) @Max(1000) int size) {
        return queries.list(states, page, size);
    }

    @GET
    @Path("{studyInstanceUid}")
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
    @Operation(summary = "One study: its revisions with instances, findings, outputs and deliveries")
    public List<RevisionView> show(String studyInstanceUid) {
        List<RevisionView> revisions = queries.revisions(studyInstanceUid);
        if (revisions.isEmpty()) {
            throw new NotFoundException("no study " + studyInstanceUid + " was received");
        }
        return revisions;
    }

    @GET
    @Path("{studyInstanceUid}/audit")
    @RolesAllowed(UserRole.AUDITOR)
    @Operation(summary = "Audit events of a study, oldest first")
    public List<AuditView> audit(String studyInstanceUid) {
        return queries.audit(studyInstanceUid);
    }
}
