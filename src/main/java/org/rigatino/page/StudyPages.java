package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.archive.EarlierFetch;
import org.rigatino.identity.Identity;
import org.rigatino.report.ReportView;
import org.rigatino.triage.WorklistView;
import org.rigatino.web.EarlierQueries;
import org.rigatino.web.EarlierStudies;
import org.rigatino.web.ViewRecord;

/** One study as a page: its images, what was found, where it was sent, and who did what. Every view is audited. */
@Path("/studies")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
public class StudyPages {
    @Inject
    StudyContents contents;

    @Inject
    EarlierQueries earlier;

    @Inject
    ViewRecord views;

    @Inject
    StudyPage page;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance study(
                Visit visit,
                StudyContents.Study study,
                Identity identity,
                Identity images,
                WorklistView entry,
                EarlierStudies earlier,
                EarlierFetch.Standing asking,
                Sought sought,
                Shown shown,
                Spoken refused,
                String next,
                Told told,
                List<ReportView> reports);

        static native TemplateInstance viewer(Visit visit, StudyContents.Study study, Shown shown);

        static native TemplateInstance unknown(Visit visit);

        private Templates() {}
    }

    /**
     * @param rank of the image that is shown, 1 for the most abnormal
     * @param sop its SOP Instance UID, with frame and model, instead of its rank; null where the rank is named
     * @param answered that the visitor's answer was recorded
     */
    @GET
    @Path("{studyInstanceUid}")
    @Operation(hidden = true)
    public Response show(
            String studyInstanceUid,
            @QueryParam("image") @DefaultValue("1") @Min(1) int rank,
            @QueryParam("instance") String sop,
            @QueryParam("frame") @DefaultValue("1") @Min(1) int frame,
            @QueryParam("model") String model,
            @QueryParam("came") Told.Came came,
            @QueryParam("answered") Answering.Outcome answered) {
        Optional<StudyContents.Study> found = contents.of(studyInstanceUid);
        if (found.isEmpty()) {
            return visit.page(Response.Status.NOT_FOUND, Templates.unknown(visit));
        }
        List<Place> places = page.places(studyInstanceUid);
        Sought sought = sop == null ? Sought.of(places, rank) : Sought.of(places, sop, frame, model);
        boolean done = answered == Answering.Outcome.DONE && sought.found() == Sought.Found.AS_ASKED;
        return page.of(
                Response.Status.OK,
                found.get(),
                places,
                sought,
                came,
                answering -> done && answering.inForce() != null ? answering.with(answered, null, null) : answering);
    }

    /** The image alone, for who moves through the slices. */
    @GET
    @Path("{studyInstanceUid}/viewer")
    @RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST})
    @Operation(hidden = true)
    public Response viewer(String studyInstanceUid, @QueryParam("image") @DefaultValue("1") @Min(1) int rank) {
        StudyContents.Study study = contents.of(studyInstanceUid)
                .orElseThrow(() -> new NotFoundException("there is no study " + studyInstanceUid));
        List<Place> places = page.places(studyInstanceUid);
        EarlierStudies others = earlier.of(studyInstanceUid, visit.readsAs(), visit.getEarlierChosen())
                .orElse(null);
        Shown shown = page.shown(study, places, rank, null, others)
                .orElseThrow(() -> new NotFoundException("study " + studyInstanceUid + " has no image " + rank));
        views.pictured(studyInstanceUid, shown.viewer().image().sop(), visit.actor());
        return visit.page(Response.Status.OK, Templates.viewer(visit, study, shown));
    }
}
