package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
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
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.answer.Answers;
import org.rigatino.triage.FilterChoices;
import org.rigatino.triage.RevisionLists;
import org.rigatino.triage.RevisionPage;
import org.rigatino.triage.Worklist;
import org.rigatino.triage.WorklistConflictException;
import org.rigatino.triage.WorklistLists;
import org.rigatino.triage.WorklistPage;
import org.rigatino.triage.WorklistView;

/** The worklist as a page. What an act came to is told on the page that the browser is sent back to. */
@Path("/worklist")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST})
public class WorklistPages {
    private static final int SIZE = 50;

    private static final Map<String, Told.Came> DONE = Map.of(
            "acknowledge", Told.Came.ACKNOWLEDGED,
            "assign", Told.Came.TAKEN,
            "release", Told.Came.RELEASED,
            "escalate", Told.Came.ESCALATED,
            "de-escalate", Told.Came.DE_ESCALATED,
            "reopen", Told.Came.REOPENED);

    @Inject
    Worklist worklist;

    @Inject
    WorklistLists lists;

    @Inject
    RevisionLists revisions;

    @Inject
    FilterChoices choices;

    @Inject
    Answers answers;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance worklist(
                Visit visit, Selection selection, WorklistPage list, Set<String> answered, Told told);

        static native TemplateInstance worklist$rows(
                Visit visit, Selection selection, WorklistPage list, Set<String> answered);

        static native TemplateInstance revisions(Visit visit, Selection selection, RevisionPage list);

        static native TemplateInstance revisions$rows(Visit visit, Selection selection, RevisionPage list);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @QueryParam("show") @DefaultValue("OPEN") Selection.Show show,
            @BeanParam ListQuery query,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("told") String told,
            @QueryParam("came") Told.Came came) {
        Selection selection = selection(show, page, query);
        if (!selection.isOnWorklist()) {
            RevisionPage list = revisions(selection);
            return visit.page(Response.Status.OK, Templates.revisions(visit, selection.at(list.page()), list));
        }
        Told message = came == null || told == null
                ? null
                : lists.find(told, visit.readsAs())
                        .map(entry -> new Told(came, entry))
                        .orElse(null);
        WorklistPage list = list(selection);
        return visit.page(
                Response.Status.OK,
                Templates.worklist(visit, selection.at(list.page()), list, answered(list), message));
    }

    @GET
    @Path("rows")
    @Operation(hidden = true)
    public Response rows(
            @QueryParam("show") @DefaultValue("OPEN") Selection.Show show,
            @BeanParam ListQuery query,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page) {
        Selection selection = Selection.of(show, page, query, visit.readsAs().level());
        if (!selection.isOnWorklist()) {
            RevisionPage list = revisions(selection);
            return visit.page(Response.Status.OK, Templates.revisions$rows(visit, selection.at(list.page()), list));
        }
        WorklistPage list = list(selection);
        return visit.page(
                Response.Status.OK, Templates.worklist$rows(visit, selection.at(list.page()), list, answered(list)));
    }

    private Selection selection(Selection.Show show, int page, ListQuery query) {
        Selection selection = Selection.of(show, page, query, visit.readsAs().level());
        return selection.with(
                choices.choices(),
                Arrays.stream(Selection.Show.values())
                        .map(other -> new Selection.Tab(other, selection.link(other, 0), count(other, selection)))
                        .toList());
    }

    /** So that nobody takes a study for missing that is on another list. */
    private Long count(Selection.Show show, Selection selection) {
        if (!selection.isFiltered()) {
            return null;
        }
        return show.kind() == null
                ? lists.count(selection.filter(show, visit.getName()), visit.readsAs())
                : revisions.count(show.kind(), selection.filter(), visit.readsAs());
    }

    /**
     * @param back the study's page, else the list
     * @param view of the list, what follows the question mark of its address
     */
    @POST
    @Path("{studyInstanceUid}/{act}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response act(
            String studyInstanceUid,
            String act,
            @FormParam("version") Integer version,
            @FormParam("to") String to,
            @FormParam("back") String back,
            @FormParam("view") String view) {
        if (version == null) {
            throw new BadRequestException("the form must name the \"version\" of the entry that you saw");
        }
        Told.Came came;
        try {
            did(studyInstanceUid, act, version, to)
                    .orElseThrow(() -> new NotFoundException("no study " + studyInstanceUid + " is on the worklist"));
            came = DONE.get(act);
        } catch (WorklistConflictException e) {
            came = Told.Came.QUICKER;
        } catch (IllegalArgumentException e) {
            came = Told.Came.NO_SUCH_USER;
        }
        UriBuilder next = "study".equals(back)
                ? UriBuilder.fromPath("/studies/{uid}").resolveTemplate("uid", studyInstanceUid)
                : list("reopen".equals(act) ? null : view).replaceQueryParam("told", studyInstanceUid);
        return Response.seeOther(next.replaceQueryParam("came", came).build()).build();
    }

    /** What is opened again is on the list of what is open. */
    private static UriBuilder list(String view) {
        UriBuilder list = UriBuilder.fromPath("/worklist");
        try {
            return view == null || view.isBlank() ? list : UriBuilder.fromUri(URI.create("/worklist?" + view));
        } catch (IllegalArgumentException e) {
            return list;
        }
    }

    private Optional<WorklistView> did(String uid, String act, int version, String to) {
        return switch (act) {
            case "acknowledge" -> worklist.acknowledge(uid, version, visit.actor());
            case "assign" -> worklist.assign(uid, version, to == null ? visit.getName() : to.strip(), visit.actor());
            case "release" -> worklist.release(uid, version, visit.actor());
            case "de-escalate" -> worklist.deEscalate(uid, version, visit.actor());
            case "escalate" -> worklist.escalate(uid, version, visit.actor());
            case "reopen" -> worklist.reopen(uid, version, visit.actor());
            default -> throw new NotFoundException("there is no act " + act);
        };
    }

    private Set<String> answered(WorklistPage list) {
        return answers.answered(
                list.entries().stream().map(WorklistView::studyInstanceUid).toList());
    }

    private WorklistPage list(Selection selection) {
        return lists.listOrLast(
                selection.filter(selection.show(), visit.getName()), selection.page(), SIZE, visit.readsAs());
    }

    private RevisionPage revisions(Selection selection) {
        return revisions.listOrLast(
                selection.show().kind(), selection.filter(), selection.page(), SIZE, visit.readsAs());
    }
}
