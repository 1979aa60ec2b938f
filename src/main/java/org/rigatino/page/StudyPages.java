package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.access.UserRole;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.restore.ReleasesInService;
import org.rigatino.triage.WorklistLists;
import org.rigatino.triage.WorklistView;
import org.rigatino.web.ViewRecord;

/** One study as a page: its images, what was found, where it was sent, and who did what. Every view is audited. */
@Path("/studies")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
public class StudyPages {
    private static final Logger LOG = Logger.getLogger(StudyPages.class);

    @Inject
    StudyContents contents;

    @Inject
    WorklistLists worklist;

    @Inject
    Identities identities;

    @Inject
    Slices slices;

    @Inject
    Pictures pictures;

    @Inject
    ReleasesInService releases;

    @Inject
    ViewRecord views;

    @Inject
    Visit visit;

    @Inject
    Refusals refusals;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance study(
                Visit visit,
                StudyContents.Study study,
                Identity identity,
                WorklistView entry,
                Viewer viewer,
                Normals normals,
                Told told);

        static native TemplateInstance unknown(Visit visit);

        private Templates() {}
    }

    /** @param rank of the image that is shown, 1 for the most abnormal */
    @GET
    @Path("{studyInstanceUid}")
    @Operation(hidden = true)
    public Response show(
            String studyInstanceUid,
            @QueryParam("image") @DefaultValue("1") @Min(1) int rank,
            @QueryParam("came") Told.Came came) {
        Optional<StudyContents.Study> found = contents.of(studyInstanceUid);
        if (found.isEmpty()) {
            return visit.page(Response.Status.NOT_FOUND, Templates.unknown(visit));
        }
        views.opened(studyInstanceUid, visit.actor());
        StudyContents.Study study = contents.withHistory(visit.isReader() ? slices.in(found.get()) : found.get());
        WorklistView entry = worklist.find(studyInstanceUid, visit.readsAs()).orElse(null);
        Identity identity =
                identities.show(List.of(studyInstanceUid), visit.readsAs()).get(studyInstanceUid);
        Viewer viewer = study.image(rank)
                .filter(image -> visit.isReader())
                .map(image -> pictures.viewer(studyInstanceUid, image))
                .orElse(null);
        Told told = came == null || entry == null ? null : new Told(came, entry);
        return visit.page(
                Response.Status.OK,
                Templates.study(visit, study, identity, entry, viewer, normals(study, viewer), told));
    }

    /** Null where the release is not in service here: another's would mislead. */
    private Normals normals(StudyContents.Study study, Viewer viewer) {
        if (viewer == null) {
            return null;
        }
        String digest = viewer.image().finding().modelDigest();
        try {
            return releases.find(digest)
                    .map(release -> Normals.of(release, viewer.image(), study.others(viewer.image())))
                    .orElse(null);
        } catch (IOException e) {
            LOG.warnf("normal images are not drawn: %s", e.getMessage());
            return null;
        }
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
