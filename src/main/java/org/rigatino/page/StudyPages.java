package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.rigatino.access.UserRole;
import org.rigatino.answer.AnswerConflictException;
import org.rigatino.answer.AnswerReason;
import org.rigatino.answer.AnswerRequest;
import org.rigatino.answer.Answers;
import org.rigatino.archive.EarlierFetch;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.report.ReportView;
import org.rigatino.report.Reports;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.triage.WorklistLists;
import org.rigatino.triage.WorklistView;
import org.rigatino.web.EarlierQueries;
import org.rigatino.web.EarlierStudies;
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
    SeriesOrder order;

    @Inject
    Answers answers;

    @Inject
    Reports reports;

    @Inject
    Pictures pictures;

    @Inject
    EarlierQueries earlier;

    @Inject
    EarlierFetch earlierFetch;

    @Inject
    BesideImages beside;

    @Inject
    ReleasesAtHand releases;

    @Inject
    ViewRecord views;

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
                Shown shown,
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
        boolean done = answered == Answering.Outcome.DONE;
        List<Place> places = places(studyInstanceUid);
        return page(
                Response.Status.OK,
                found.get(),
                places,
                sop == null ? rank : rank(places, sop, frame, model),
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
        List<Place> places = places(studyInstanceUid);
        EarlierStudies others = earlier.of(studyInstanceUid, visit.readsAs(), visit.getEarlierChosen())
                .orElse(null);
        Shown shown = shown(study, places, rank, null, others)
                .orElseThrow(() -> new NotFoundException("study " + studyInstanceUid + " has no image " + rank));
        views.pictured(studyInstanceUid, shown.viewer().image().sop(), visit.actor());
        return visit.page(Response.Status.OK, Templates.viewer(visit, study, shown));
    }

    /** Where it is not recorded the page says why, and has what was typed. */
    @POST
    @Path("{studyInstanceUid}/answer")
    @RolesAllowed(UserRole.RADIOLOGIST)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response answer(String studyInstanceUid, @BeanParam AnswerForm form) {
        AnswerRequest said = form.request();
        StudyContents.Study study = contents.of(studyInstanceUid)
                .orElseThrow(() -> new NotFoundException("there is no study " + studyInstanceUid));
        try {
            if (!form.replaces) {
                requireOwn(studyInstanceUid, said.revises());
            }
            answers.give(studyInstanceUid, said, visit.actor())
                    .orElseThrow(() -> new NotFoundException(
                            "no release judged this frame of this image in study " + studyInstanceUid));
        } catch (AnswerConflictException e) {
            boolean quicker =
                    e.current() != null && !Long.valueOf(e.current().id()).equals(said.revises());
            return refused(
                    study,
                    said,
                    Response.Status.CONFLICT,
                    quicker ? Answering.Outcome.QUICKER : Answering.Outcome.REFUSED,
                    e);
        } catch (IllegalArgumentException e) {
            return refused(study, said, Response.Status.BAD_REQUEST, Answering.Outcome.REFUSED, e);
        }
        return Response.seeOther(UriBuilder.fromPath("/studies/{uid}")
                        .queryParam("image", rank(places(studyInstanceUid), said))
                        .queryParam("answered", Answering.Outcome.DONE)
                        .fragment("viewer")
                        .build(studyInstanceUid))
                .build();
    }

    /** One key is no decision over what a colleague has said. */
    private void requireOwn(String studyInstanceUid, Long revised) {
        answers.of(studyInstanceUid, visit.readsAs().level()).stream()
                .filter(answer -> Long.valueOf(answer.id()).equals(revised))
                .filter(answer -> answer.isOfAnother(visit.actor().name()))
                .findFirst()
                .ifPresent(answer -> {
                    throw AnswerReason.COLLEAGUES.wrong(answer.answeredBy());
                });
    }

    private Response refused(
            StudyContents.Study study,
            AnswerRequest said,
            Response.Status status,
            Answering.Outcome came,
            RuntimeException why) {
        List<Place> places = places(study.uid());
        return page(
                status,
                study,
                places,
                rank(places, said),
                null,
                answering -> answering.with(came, Spoken.of(why, visit.getLanguage()), said));
    }

    private static int rank(List<Place> places, AnswerRequest said) {
        return said.frameNumber() == null
                ? 1
                : rank(places, said.sopInstanceUid(), said.frameNumber(), said.modelDigest());
    }

    private static int rank(List<Place> places, String sop, int frame, String model) {
        return places.stream()
                .filter(place -> place.isOf(sop, frame, model))
                .map(Place::rank)
                .findFirst()
                .orElse(1);
    }

    private Response page(
            Response.Status status,
            StudyContents.Study found,
            List<Place> places,
            int rank,
            Told.Came came,
            UnaryOperator<Answering> answered) {
        String uid = found.uid();
        views.opened(uid, visit.actor());
        StudyContents.Study study = contents.withHistory(SeriesOrder.numbered(found, places));
        WorklistView entry = worklist.find(uid, visit.readsAs()).orElse(null);
        Identity identity = identities.show(List.of(uid), visit.readsAs()).get(uid);
        Identity images = identities.ofImages(uid, visit.readsAs()).orElse(null);
        String next =
                visit.isReader() ? worklist.following(uid, visit.readsAs()).orElse(null) : null;
        EarlierStudies others = earlier(uid);
        Shown shown = shown(study, places, rank, next, others)
                .map(image -> image.with(answered.apply(image.answering())))
                .orElse(null);
        Told told = came == null || entry == null ? null : new Told(came, entry);
        return visit.page(
                status,
                Templates.study(
                        visit, study, identity, images, entry, others, asking(uid), shown, next, told, reports(uid)));
    }

    /** Null for whom not all of whose a study is is shown. */
    private EarlierStudies earlier(String studyInstanceUid) {
        return earlier.of(studyInstanceUid, visit.readsAs()).orElse(null);
    }

    /** Null as {@link #earlier}, and where no archive can be asked. */
    private EarlierFetch.Standing asking(String studyInstanceUid) {
        return earlierFetch.standing(studyInstanceUid, visit.readsAs()).orElse(null);
    }

    /** Null for whom they are not: who is no radiologist, or is not shown all of whose a study is. */
    private List<ReportView> reports(String studyInstanceUid) {
        return visit.isRadiologist()
                ? reports.of(studyInstanceUid, visit.readsAs()).orElse(null)
                : null;
    }

    /** None for whom no picture is. */
    private List<Place> places(String studyInstanceUid) {
        return visit.isReader() ? order.of(studyInstanceUid) : List.of();
    }

    private Optional<Shown> shown(
            StudyContents.Study study, List<Place> places, int rank, String next, EarlierStudies others) {
        if (rank > places.size()) {
            return Optional.empty();
        }
        boolean missable = places.stream().noneMatch(Place::flagged);
        return contents.image(study, places.get(rank - 1)).map(image -> {
            Viewer viewer = pictures.viewer(study.uid(), image);
            Answering answering =
                    Answering.of(answers.of(study.uid(), visit.readsAs().level()), image.finding(), missable);
            return new Shown(
                    viewer,
                    normals(study, viewer),
                    Stack.of(places, rank),
                    answering,
                    next,
                    beside.of(others, image.finding(), visit.getEarlierChosen()));
        });
    }

    /** Null where the release is not in service here: another's would mislead. */
    private Normals normals(StudyContents.Study study, Viewer viewer) {
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
}
