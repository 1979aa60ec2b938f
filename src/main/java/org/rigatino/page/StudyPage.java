package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
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

/** The page of one study, made up of what its visitor is shown. Every view is audited. */
@ApplicationScoped
class StudyPage {
    private static final Logger LOG = Logger.getLogger(StudyPage.class);

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

    /** @param answered what to say of the visitor's answer */
    Response of(
            Response.Status status,
            StudyContents.Study found,
            List<Place> places,
            Sought sought,
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
        Shown shown = shown(study, places, sought.rank(), next, others)
                .map(image -> image.with(answered.apply(image.answering())))
                .orElse(null);
        Spoken refused = shown == null ? answered.apply(Answering.NONE).refusal() : null;
        Told told = came == null || entry == null ? null : new Told(came, entry);
        return visit.page(
                status,
                StudyPages.Templates.study(
                        visit,
                        study,
                        identity,
                        images,
                        entry,
                        others,
                        asking(uid),
                        sought,
                        shown,
                        refused,
                        next,
                        told,
                        reports(uid)));
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
    List<Place> places(String studyInstanceUid) {
        return visit.isReader() ? order.of(studyInstanceUid) : List.of();
    }

    /** @param rank 1 for the most abnormal; empty where no image has it */
    Optional<Shown> shown(StudyContents.Study study, List<Place> places, int rank, String next, EarlierStudies others) {
        if (rank < 1 || rank > places.size()) {
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
