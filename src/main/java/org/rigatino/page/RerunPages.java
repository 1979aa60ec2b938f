package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.access.UserRole;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.release.ReleaseView;
import org.rigatino.release.ReleasesOnRecord;
import org.rigatino.rerun.NextOfRerun;
import org.rigatino.rerun.NextOfRerun.HeldUp;
import org.rigatino.rerun.RerunChoice;
import org.rigatino.rerun.RerunPreview;
import org.rigatino.rerun.Reruns;

/** Runs of finished studies through the releases that serve now: chosen, previewed, started, paused and stopped. */
@Path("/reruns")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class RerunPages {
    private static final List<String> FIELDS = List.of(
            "studyDateFrom", "studyDateTo", "receivedFrom", "receivedTo", "callingAeTitle", "priority", "modelDigest");

    @Inject
    Reruns reruns;

    @Inject
    NextOfRerun next;

    @Inject
    DestinationsInForce destinations;

    @Inject
    ReleasesOnRecord releases;

    @Inject
    Visit visit;

    @Inject
    Refusals refusals;

    @Context
    UriInfo uri;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance reruns(Visit visit, RerunContents contents);

        private Templates() {}
    }

    /** With a preview where {@code preview} is asked for. */
    @GET
    @RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
    @Operation(hidden = true)
    public Response show() {
        Map<String, String> form = fields(uri.getQueryParameters());
        if (!uri.getQueryParameters().containsKey("preview")) {
            return page(Response.Status.OK, form, null, null);
        }
        try {
            return page(Response.Status.OK, form, reruns.preview(choice(form)), null);
        } catch (IllegalArgumentException e) {
            return page(Response.Status.BAD_REQUEST, form, null, e.getMessage());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response start(MultivaluedMap<String, String> sent) {
        Map<String, String> form = fields(sent);
        return act(form, () -> reruns.startPreviewed(choice(form), sent.getFirst("studies"), visit.actor()));
    }

    @POST
    @Path("{id}/pause")
    @Operation(hidden = true)
    public Response pause(long id) {
        return act(Map.of(), () -> reruns.pause(id, visit.actor()));
    }

    @POST
    @Path("{id}/continue")
    @Operation(hidden = true)
    public Response goOn(long id) {
        return act(Map.of(), () -> reruns.goOn(id, visit.actor()));
    }

    @POST
    @Path("{id}/stop")
    @Operation(hidden = true)
    public Response stop(long id) {
        return act(Map.of(), () -> reruns.stop(id, visit.actor()));
    }

    private Response act(Map<String, String> form, Runnable act) {
        try {
            act.run();
        } catch (IllegalArgumentException e) {
            return page(Response.Status.BAD_REQUEST, form, null, e.getMessage());
        } catch (NoSuchElementException e) {
            return page(Response.Status.NOT_FOUND, form, null, e.getMessage());
        } catch (IllegalStateException e) {
            return page(Response.Status.CONFLICT, form, null, e.getMessage());
        }
        return Response.seeOther(UriBuilder.fromPath("/reruns").build()).build();
    }

    private static Map<String, String> fields(MultivaluedMap<String, String> sent) {
        Map<String, String> form = new HashMap<>();
        FIELDS.stream()
                .filter(name -> sent.getFirst(name) != null)
                .forEach(name -> form.put(name, sent.getFirst(name)));
        return form;
    }

    private static RerunChoice choice(Map<String, String> form) {
        return RerunChoice.of(
                form.get("studyDateFrom"),
                form.get("studyDateTo"),
                form.get("receivedFrom"),
                form.get("receivedTo"),
                form.get("callingAeTitle"),
                form.get("priority"),
                form.get("modelDigest"));
    }

    /** Null for nothing. */
    private HeldUp heldUp() {
        return destinations.all().isEmpty() ? HeldUp.DESTINATION : next.heldUp().orElse(null);
    }

    private Response page(Response.Status status, Map<String, String> form, RerunPreview preview, String refused) {
        List<ReleaseView> others =
                releases.all().stream().filter(release -> !release.serves()).toList();
        return visit.page(
                status,
                Templates.reruns(visit, new RerunContents(reruns.list(), others, form, preview, heldUp(), refused)));
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
