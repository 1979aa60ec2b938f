package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditRows;
import org.rigatino.persistence.Delivery;
import org.rigatino.web.RevisionView;
import org.rigatino.web.RevisionView.DeliveryView;
import org.rigatino.web.RevisionView.FindingView;
import org.rigatino.web.RevisionView.OutputView;
import org.rigatino.web.StudyQueries;
import org.rigatino.web.StudyView;

/** What the page tells of a study. */
@ApplicationScoped
public class StudyContents {
    private static final int MOST_IMAGES = 200;
    private static final int MOST_EVENTS = 200;

    @Inject
    StudyQueries queries;

    @Inject
    AuditRows trail;

    /**
     * @param images the most abnormal first, {@value #MOST_IMAGES} at most
     * @param allImages how many there are
     * @param history the latest first, {@value #MOST_EVENTS} at most
     * @param allEvents how many there are
     */
    public record Study(
            String uid,
            List<StudyView> revisions,
            List<RankedImage> images,
            int allImages,
            List<Sent> deliveries,
            List<AuditRow> history,
            int allEvents) {
        Optional<RankedImage> image(int rank) {
            return rank <= images.size() ? Optional.of(images.get(rank - 1)) : Optional.empty();
        }

        Study with(List<RankedImage> told) {
            return new Study(uid, revisions, told, allImages, deliveries, history, allEvents);
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

    /** Objects of one kind that stand alike with one destination. */
    public record Sent(
            String destination,
            String kind,
            Delivery.State state,
            int count,
            String lastError,
            String warning,
            Instant confirmedAt) {}

    /** Without its history; empty where the study is unknown. */
    Optional<Study> of(String studyInstanceUid) {
        List<RevisionView> revisions = queries.revisions(studyInstanceUid);
        if (revisions.isEmpty()) {
            return Optional.empty();
        }
        List<FindingView> findings = revisions.stream()
                .flatMap(revision -> revision.findings().stream())
                .sorted(Comparator.comparing(FindingView::flagged)
                        .thenComparing(FindingView::percentile)
                        .thenComparing(FindingView::score)
                        .reversed())
                .toList();
        List<RankedImage> images = new ArrayList<>();
        for (FindingView finding : findings.subList(0, Math.min(MOST_IMAGES, findings.size()))) {
            images.add(new RankedImage(images.size() + 1, finding, null));
        }
        return Optional.of(new Study(
                studyInstanceUid,
                revisions.stream().map(RevisionView::study).toList(),
                images,
                findings.size(),
                sent(revisions),
                List.of(),
                0));
    }

    Study withHistory(Study study) {
        List<AuditRow> events = new ArrayList<>(trail.ofStudy(study.uid()));
        Collections.reverse(events);
        return new Study(
                study.uid(),
                study.revisions(),
                study.images(),
                study.allImages(),
                study.deliveries(),
                events.subList(0, Math.min(MOST_EVENTS, events.size())),
                events.size());
    }

    private static List<Sent> sent(List<RevisionView> revisions) {
        Map<String, String> kinds = revisions.stream()
                .flatMap(revision -> revision.outputs().stream())
                .collect(Collectors.toMap(OutputView::sopInstanceUid, output -> Texts.words(output.kind())));
        Map<List<Object>, List<DeliveryView>> alike = revisions.stream()
                .flatMap(revision -> revision.deliveries().stream())
                .collect(Collectors.groupingBy(
                        delivery ->
                                List.of(delivery.destination(), kinds.get(delivery.sopInstanceUid()), delivery.state()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return alike.values().stream()
                .map(deliveries -> new Sent(
                        deliveries.get(0).destination(),
                        kinds.get(deliveries.get(0).sopInstanceUid()),
                        deliveries.get(0).state(),
                        deliveries.size(),
                        deliveries.stream()
                                .map(DeliveryView::lastError)
                                .filter(error -> error != null)
                                .reduce((first, last) -> last)
                                .orElse(null),
                        deliveries.stream()
                                .map(DeliveryView::warning)
                                .filter(warning -> warning != null)
                                .reduce((first, last) -> last)
                                .orElse(null),
                        deliveries.stream()
                                .map(DeliveryView::confirmedAt)
                                .filter(at -> at != null)
                                .max(Comparator.naturalOrder())
                                .orElse(null)))
                .toList();
    }
}
