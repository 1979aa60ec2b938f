package org.rigatino.triage;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.finding.Priority;
import org.rigatino.identity.IdentityAccess;
import org.rigatino.identity.Reader;
import org.rigatino.persistence.WorklistEntry.State;

/** The worklist over REST. */
@Path("/api/worklist")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST})
@Tag(name = "Worklist")
public class WorklistResource {
    @Inject
    Worklist worklist;

    @Inject
    WorklistLists lists;

    @Inject
    RevisionLists revisions;

    @Inject
    IdentityAccess access;

    @Inject
    Caller caller;

    /** Body of an act: the version of the entry that the caller saw, and for an assignment who gets it. */
    public record Act(Integer version, String to) {}

    @GET
    @Operation(
            summary = "What waits for someone, the most urgent first; with state=ACKNOWLEDGED what was seen to",
            description =
                    "Whose the studies are is told as far as the caller is shown it. 403 where they look for more")
    public WorklistPage list(
            @QueryParam("state") @DefaultValue("OPEN") State state,
            @QueryParam("priority") Set<Priority> priorities,
            @QueryParam("assignedTo") String assignedTo,
            @QueryParam("assigned") Boolean assigned,
            @QueryParam("escalated") Boolean escalated,
            @QueryParam("release") String release,
            @BeanParam StudyQuery study,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("size") @DefaultValue("50") @Min(1) @Max(1000) int size) {
        WorklistFilter filter = new WorklistFilter(
                state,
                priorities,
                StudyQuery.text("assignedTo", assignedTo),
                assigned,
                escalated,
                StudyQuery.text("release", release),
                study.filter());
        return lists.list(filter, page, size, reader());
    }

    @GET
    @Path("arriving")
    @Operation(
            summary = "Study revisions that have arrived and are not judged yet, the last received first",
            description =
                    "Whose the studies are is told as far as the caller is shown it. 403 where they look for more")
    public RevisionPage arriving(
            @BeanParam StudyQuery study,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("size") @DefaultValue("50") @Min(1) @Max(1000) int size) {
        return revisions.list(RevisionLists.Kind.ARRIVING, study.filter(), page, size, reader());
    }

    @GET
    @Path("refused")
    @Operation(
            summary = "Study revisions that were refused, with rule and value found, the last received first",
            description =
                    "Whose the studies are is told as far as the caller is shown it. 403 where they look for more")
    public RevisionPage refused(
            @BeanParam StudyQuery study,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("size") @DefaultValue("50") @Min(1) @Max(1000) int size) {
        return revisions.list(RevisionLists.Kind.REFUSED, study.filter(), page, size, reader());
    }

    @GET
    @Path("{studyInstanceUid}")
    @Operation(summary = "One study of the worklist, open or acknowledged")
    public WorklistView show(String studyInstanceUid) {
        return found(studyInstanceUid, lists.find(studyInstanceUid, reader()));
    }

    @POST
    @Path("{studyInstanceUid}/acknowledge")
    @Operation(summary = "Somebody has seen to the study; 409 where another was quicker")
    public WorklistView acknowledge(String studyInstanceUid, Act act) {
        return found(studyInstanceUid, worklist.acknowledge(studyInstanceUid, version(act), caller.actor()));
    }

    @POST
    @Path("{studyInstanceUid}/assign")
    @Operation(summary = "Gives the study to a user, to the caller where none is named; 409 where another was quicker")
    public WorklistView assign(String studyInstanceUid, Act act) {
        int version = version(act);
        String to = act.to() == null ? caller.actor().name() : act.to();
        return found(studyInstanceUid, worklist.assign(studyInstanceUid, version, to, caller.actor()));
    }

    @POST
    @Path("{studyInstanceUid}/release")
    @Operation(summary = "Takes the study back from who has it; 409 where another was quicker")
    public WorklistView release(String studyInstanceUid, Act act) {
        return found(studyInstanceUid, worklist.release(studyInstanceUid, version(act), caller.actor()));
    }

    @POST
    @Path("{studyInstanceUid}/escalate")
    @Operation(
            summary = "Puts the study at the top, open again where it was acknowledged; 409 where another was quicker")
    public WorklistView escalate(String studyInstanceUid, Act act) {
        return found(studyInstanceUid, worklist.escalate(studyInstanceUid, version(act), caller.actor()));
    }

    @POST
    @Path("{studyInstanceUid}/de-escalate")
    @Operation(
            summary = "Takes an escalation by a person back; 409 where another was quicker, or its wait escalated it")
    public WorklistView deEscalate(String studyInstanceUid, Act act) {
        return found(studyInstanceUid, worklist.deEscalate(studyInstanceUid, version(act), caller.actor()));
    }

    @POST
    @Path("{studyInstanceUid}/reopen")
    @Operation(summary = "Opens an acknowledged study again, at its place; 409 where another was quicker")
    public WorklistView reopen(String studyInstanceUid, Act act) {
        return found(studyInstanceUid, worklist.reopen(studyInstanceUid, version(act), caller.actor()));
    }

    private static WorklistView found(String studyInstanceUid, Optional<WorklistView> entry) {
        return entry.orElseThrow(() -> new NotFoundException("no study " + studyInstanceUid + " is on the worklist"));
    }

    private static int version(Act act) {
        if (act == null || act.version() == null) {
            throw new BadRequestException("the body must name the \"version\" of the entry that you saw");
        }
        return act.version();
    }

    private Reader reader() {
        return access.reader(caller.roles(), caller.actor());
    }
}
