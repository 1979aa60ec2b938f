package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.access.UserRole;
import org.rigatino.triage.Worklist;
import org.rigatino.triage.WorklistConflictException;
import org.rigatino.triage.WorklistPage;
import org.rigatino.triage.WorklistView;
import org.rigatino.web.StudyQueries;

/** The worklist as a page. What an act came to is told on the page that the browser is sent back to. */
@Path("/worklist")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST})
public class WorklistPages {
    private static final int SIZE = 50;

    @Inject
    Worklist worklist;

    @Inject
    StudyQueries studies;

    @Inject
    Visit visit;

    @Inject
    Refusals refusals;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance worklist(Visit visit, Selection selection, WorklistPage list, Told told);

        static native TemplateInstance worklist$rows(Visit visit, Selection selection, WorklistPage list);

        static native TemplateInstance refusedStudies(Visit visit, Selection selection, RefusedRevisions list);

        static native TemplateInstance refusedStudies$rows(Visit visit, Selection selection, RefusedRevisions list);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @QueryParam("show") @DefaultValue("OPEN") Selection.Show show,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("told") String told,
            @QueryParam("came") Told.Came came) {
        Selection selection = new Selection(show, page);
        if (show == Selection.Show.REFUSED) {
            return visit.page(Response.Status.OK, Templates.refusedStudies(visit, selection, refused(page)));
        }
        Told message = came == null || told == null
                ? null
                : worklist.find(told).map(entry -> new Told(came, entry)).orElse(null);
        return visit.page(Response.Status.OK, Templates.worklist(visit, selection, list(selection), message));
    }

    @GET
    @Path("rows")
    @Operation(hidden = true)
    public Response rows(
            @QueryParam("show") @DefaultValue("OPEN") Selection.Show show,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page) {
        Selection selection = new Selection(show, page);
        if (show == Selection.Show.REFUSED) {
            return visit.page(Response.Status.OK, Templates.refusedStudies$rows(visit, selection, refused(page)));
        }
        return visit.page(Response.Status.OK, Templates.worklist$rows(visit, selection, list(selection)));
    }

    /** @param back the study's page, else the list */
    @POST
    @Path("{studyInstanceUid}/{act}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response act(
            String studyInstanceUid,
            String act,
            @FormParam("version") Integer version,
            @FormParam("to") String to,
            @FormParam("back") String back) {
        if (version == null) {
            throw new BadRequestException("the form must name the \"version\" of the entry that you saw");
        }
        Told.Came came;
        try {
            did(studyInstanceUid, act, version, to)
                    .orElseThrow(() -> new NotFoundException("no study " + studyInstanceUid + " is on the worklist"));
            came = Told.Came.DONE;
        } catch (WorklistConflictException e) {
            came = Told.Came.QUICKER;
        } catch (IllegalArgumentException e) {
            came = Told.Came.NO_SUCH_USER;
        }
        UriBuilder next = "study".equals(back)
                ? UriBuilder.fromPath("/studies/{uid}").resolveTemplate("uid", studyInstanceUid)
                : UriBuilder.fromPath("/worklist").queryParam("told", studyInstanceUid);
        return Response.seeOther(next.queryParam("came", came).build()).build();
    }

    private Optional<WorklistView> did(String uid, String act, int version, String to) {
        return switch (act) {
            case "acknowledge" -> worklist.acknowledge(uid, version, visit.actor());
            case "assign" -> worklist.assign(uid, version, to == null ? visit.getName() : to.strip(), visit.actor());
            case "release" -> worklist.release(uid, version, visit.actor());
            case "escalate" -> worklist.escalate(uid, version, visit.actor());
            case "reopen" -> worklist.reopen(uid, version, visit.actor());
            default -> throw new NotFoundException("there is no act " + act);
        };
    }

    private WorklistPage list(Selection selection) {
        return worklist.list(selection.filter(visit.getName()), selection.page(), SIZE);
    }

    private RefusedRevisions refused(int page) {
        return RefusedRevisions.of(studies, page, SIZE);
    }

    @ServerExceptionMapper(UnauthorizedException.class)
    public Uni<Response> signIn(RoutingContext request) {
        return refusals.signIn(request);
    }

    @ServerExceptionMapper(ForbiddenException.class)
    public Response forbidden() {
        return refusals.forbidden();
    }
}
