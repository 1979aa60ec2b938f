package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** The persisted state as views. */
@ApplicationScoped
public class StudyQueries {
    @Inject
    EntityManager entities;

    /**
     * Most abnormal first, then latest first; empty {@code states} means all.
     *
     * @param first from 0
     */
    @Transactional
    public List<StudyView> list(Set<StudyState> states, int first, int most) {
        return entities.createQuery(
                        "from Study where state in :states order by percentile desc nulls last, lastReceivedAt desc, id desc",
                        Study.class)
                .setParameter("states", states.isEmpty() ? Set.of(StudyState.values()) : states)
                .setFirstResult(first)
                .setMaxResults(most)
                .getResultStream()
                .map(StudyView::of)
                .toList();
    }

    /** In the order of revisions; empty where the study is unknown. */
    @Transactional
    public List<RevisionView> revisions(String studyInstanceUid) {
        return entities.createQuery("from Study where studyInstanceUid = :uid order by revision", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultStream()
                .map(this::revision)
                .toList();
    }

    private RevisionView revision(Study study) {
        Map<Long, Long> frames = of(
                        study,
                        "select o.id, count(f) from Output o join o.findings f where o.study = :study group by o.id",
                        Object[].class)
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (Long) row[1]));
        return new RevisionView(
                StudyView.of(study),
                of(study, "from Instance where study = :study order by seriesInstanceUid, id", Instance.class)
                        .map(RevisionView.InstanceView::of)
                        .toList(),
                of(
                                study,
                                "from Finding f join fetch f.instance i where i.study = :study"
                                        + " and i.outcome <> org.rigatino.persistence.Instance.Outcome.SET_ASIDE order by f.id",
                                Finding.class)
                        .map(RevisionView.FindingView::of)
                        .toList(),
                of(
                                study,
                                "from Output o left join fetch o.finding f left join fetch f.instance where o.study = :study"
                                        + " order by o.id",
                                Output.class)
                        .map(row -> RevisionView.OutputView.of(row, frames.getOrDefault(row.id, 0L)))
                        .toList(),
                of(study, "from Delivery d join fetch d.output where d.study = :study order by d.id", Delivery.class)
                        .map(RevisionView.DeliveryView::of)
                        .toList());
    }

    private <T> Stream<T> of(Study study, String query, Class<T> type) {
        return entities.createQuery(query, type).setParameter("study", study).getResultStream();
    }
}
