package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditRows;
import org.rigatino.persistence.Delivery;
import org.rigatino.web.RevisionView.FindingView;
import org.rigatino.web.RevisionView.InstanceView;
import org.rigatino.web.StudyQueries;
import org.rigatino.web.StudyView;

/** What the page tells of a study. */
@ApplicationScoped
public class StudyContents {
    private static final int MOST_IMAGES = 200;
    private static final int MOST_EVENTS = 200;
    private static final int MOST_REFUSED = 200;

    @Inject
    StudyQueries queries;

    @Inject
    AuditRows trail;

    @Inject
    SentObjects sent;

    /**
     * @param images the most abnormal first, {@value #MOST_IMAGES} at most
     * @param allImages how many there are
     * @param refused images of which a frame or all was not restored, {@value #MOST_REFUSED} at most
     * @param allRefused how many there are
     * @param history the latest first, {@value #MOST_EVENTS} at most
     * @param allEvents how many there are
     */
    public record Study(
            String uid,
            List<StudyView> revisions,
            List<RankedImage> images,
            int allImages,
            List<InstanceView> refused,
            int allRefused,
            List<Sent> deliveries,
            List<AuditRow> history,
            int allEvents) {
        /** Whether no destination is in force, and it waits for one. */
        public boolean waitsForDestination() {
            return revisions.stream().anyMatch(revision -> revision.waitsFor() != null);
        }

        /** Whether what is to be delivered is not known yet. */
        public boolean underWay() {
            return revisions.stream().anyMatch(StudyView::underWay);
        }

        Study with(List<RankedImage> told) {
            return new Study(uid, revisions, told, allImages, refused, allRefused, deliveries, history, allEvents);
        }

        /** What the same release said of the other images. */
        List<RankedImage> others(RankedImage image) {
            String digest = image.finding().modelDigest();
            return images.stream()
                    .filter(other -> other.rank() != image.rank()
                            && other.finding().modelDigest().equals(digest))
                    .toList();
        }
    }

    /**
     * @param rank from 1
     * @param slice null where it is not known
     */
    public record RankedImage(int rank, FindingView finding, Slice slice) {
        String sop() {
            return finding.sopInstanceUid();
        }

        RankedImage in(Slice found) {
            return new RankedImage(rank, finding, found);
        }
    }

    /**
     * Objects of one kind, revision and release that stand alike with one destination; of their errors and warnings one.
     *
     * @param release NAME/VERSION
     */
    public record Sent(
            int revision,
            String release,
            String destination,
            String kind,
            Delivery.State state,
            int count,
            String lastError,
            String warning,
            Instant confirmedAt) {}

    /** Without its history; empty where the study is unknown. */
    Optional<Study> of(String studyInstanceUid) {
        List<StudyView> revisions = queries.of(studyInstanceUid);
        if (revisions.isEmpty()) {
            return Optional.empty();
        }
        List<RankedImage> images = new ArrayList<>();
        for (FindingView finding : queries.ranked(studyInstanceUid, 0, MOST_IMAGES)) {
            images.add(new RankedImage(images.size() + 1, finding, null));
        }
        return Optional.of(new Study(
                studyInstanceUid,
                revisions,
                images,
                queries.judged(studyInstanceUid),
                queries.notRestored(studyInstanceUid, MOST_REFUSED),
                queries.allNotRestored(studyInstanceUid),
                sent.of(studyInstanceUid),
                List.of(),
                0));
    }

    /** With its number, of any rank; empty where it does not stand any more, for an outcome was recorded since the place was read. */
    Optional<RankedImage> image(Study study, Place place) {
        return study.images().stream()
                .map(RankedImage::finding)
                .filter(place::isOf)
                .findFirst()
                .or(() -> queries.ranked(study.uid(), place.rank() - 1, 1).stream()
                        .filter(place::isOf)
                        .findFirst())
                .map(finding -> new RankedImage(place.rank(), finding, place.slice()));
    }

    Study withHistory(Study study) {
        return new Study(
                study.uid(),
                study.revisions(),
                study.images(),
                study.allImages(),
                study.refused(),
                study.allRefused(),
                study.deliveries(),
                trail.latestOfStudy(study.uid(), MOST_EVENTS),
                trail.countOfStudy(study.uid()));
    }
}
