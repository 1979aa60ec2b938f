package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
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
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.release.ReleaseView;
import org.rigatino.release.ReleasesOnRecord;
import org.rigatino.rerun.NextOfRerun;
import org.rigatino.rerun.NextOfRerun.HeldUp;
import org.rigatino.rerun.RerunChoice;
import org.rigatino.rerun.RerunPreview;
import org.rigatino.rerun.RerunReason;
import org.rigatino.rerun.Reruns;
import org.rigatino.web.KnownParameters;

/** Runs of finished studies through the releases that serve now: chosen, previewed, started, paused and stopped. */
@Path("/reruns")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class RerunPages {
    private static final List<String> FIELDS = List.of(
            "studyDateFrom", "studyDateTo", "receivedFrom", "receivedTo", "callingAeTitle", "priority", "modelDigest");

    private static final String PREVIEW = "preview";

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

    @Context
    UriInfo uri;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance reruns(Visit visit, RerunContents contents);

        private Templates() {}
    }

    /** With a preview where {@code preview} is asked for, or anything is chosen. */
    @GET
    @RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
    @Operation(hidden = true)
    public Response show() {
        MultivaluedMap<String, String> sent = uri.getQueryParameters();
        Map<String, String> form = fields(sent);
        try {
            requireKnown(sent.keySet());
            boolean asked = sent.containsKey(PREVIEW) || form.values().stream().anyMatch(value -> !value.isBlank());
            return page(Response.Status.OK, form, asked ? reruns.preview(choice(form)) : null, null);
        } catch (IllegalArgumentException e) {
            return page(Response.Status.BAD_REQUEST, form, null, e);
        }
    }

    /** What is misspelt would choose all. */
    private static void requireKnown(Set<String> names) {
        Set<String> others = new TreeSet<>(names);
        others.removeAll(FIELDS);
        others.removeAll(Set.of(PREVIEW, KnownParameters.LANGUAGE));
        if (!others.isEmpty()) {
            throw RerunReason.NO_PARAMETER.wrong(String.join(", ", others), String.join(", ", FIELDS));
        }
    }

    /**
     * What is chosen stands in the address, as where it was previewed.
     *
     * @param previewed how many studies the preview showed
     * @param by digests of the releases that it named
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response start(@FormParam("studies") String previewed, @FormParam("by") List<String> by) {
        MultivaluedMap<String, String> sent = uri.getQueryParameters();
        Map<String, String> form = fields(sent);
        return act(form, () -> {
            requireKnown(sent.keySet());
            reruns.startPreviewed(choice(form), previewed, by, visit.actor());
        });
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
            return page(Response.Status.BAD_REQUEST, form, null, e);
        } catch (NoSuchElementException e) {
            return page(Response.Status.NOT_FOUND, form, null, e);
        } catch (IllegalStateException e) {
            return page(Response.Status.CONFLICT, form, null, e);
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
        return !destinations.takeStudies() ? HeldUp.DESTINATION : next.heldUp().orElse(null);
    }

    private Response page(
            Response.Status status, Map<String, String> form, RerunPreview preview, RuntimeException refused) {
        List<ReleaseView> others =
                releases.all().stream().filter(release -> !release.serves()).toList();
        return visit.page(
                status,
                Templates.reruns(
                        visit,
                        new RerunContents(
                                reruns.list(),
                                others,
                                form,
                                preview,
                                heldUp(),
                                refused == null ? null : Spoken.of(refused, visit.getLanguage()))));
    }
}
