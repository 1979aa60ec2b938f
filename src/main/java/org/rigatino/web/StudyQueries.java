package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.Routing;

/** The persisted state as views. */
@ApplicationScoped
public class StudyQueries {
    private static final String OUTCOME = "org.rigatino.persistence.Instance.Outcome.";
    private static final String SET_ASIDE = OUTCOME + "SET_ASIDE";
    private static final String NOT_RESTORED = "Instance i where i.study.studyInstanceUid = :uid and i.outcome <> "
            + SET_ASIDE + " and (i.outcomeDetail is not null or i.outcome in (" + OUTCOME + "REFUSED, " + OUTCOME
            + "FAILED))";

    /** Of findings {@code f} of instances {@code i} those that stand. */
    public static final String STANDING = " where i.study.studyInstanceUid = :uid and " + Finding.STANDS;

    public static final String RANKED = STANDING + Finding.RANKED;

    /** As the worklist has it, but for the time: what failed may be as urgent as any that is not HIGH. */
    private static final String BY_PRIORITY =
            " order by case when priority = 'HIGH' then 0 when priority = 'MEDIUM' then 2"
                    + " when priority = 'LOW' then 3 when state = org.rigatino.persistence.StudyState.FAILED then 1 else 4 end,"
                    + " againstNormalStudies.beyond desc nulls last, lastReceivedAt desc, id desc";

    @Inject
    EntityManager entities;

    @Inject
    Routing routing;

    /**
     * By priority, then the furthest beyond normal studies first, then the latest; empty {@code states} means all.
     *
     * @param first from 0
     */
    @Transactional
    public List<StudyView> list(Set<StudyState> states, int first, int most) {
        List<Study> studies = entities.createQuery("from Study where state in :states" + BY_PRIORITY, Study.class)
                .setParameter("states", states.isEmpty() ? Set.of(StudyState.values()) : states)
                .setFirstResult(first)
                .setMaxResults(most)
                .getResultList();
        return told(studies, study -> null);
    }

    /** In the order of revisions; empty where the study is unknown. */
    @Transactional
    public List<StudyView> of(String studyInstanceUid) {
        return views(studies(studyInstanceUid));
    }

    private List<StudyView> views(List<Study> studies) {
        Map<Long, List<StudyView.Release>> releases = releases(studies);
        return told(studies, study -> releases.getOrDefault(study.id, List.of()));
    }

    /** @param judgedBy null where that is not told */
    private List<StudyView> told(List<Study> studies, Function<Study, List<StudyView.Release>> judgedBy) {
        Map<Long, String> nothing = nothingDelivered(studies);
        return views(
                studies,
                study -> StudyView.of(
                        study, nothing.get(study.id), routing.waitsFor(study.state()), judgedBy.apply(study)));
    }

    /** By what was made of each image that was judged: its findings hang on the revision that judged it last. */
    private Map<Long, List<StudyView.Release>> releases(List<Study> studies) {
        Map<Long, List<StudyView.Release>> releases = new HashMap<>();
        entities
                .createQuery(
                        "select o.study.id, f.modelName, f.modelVersion, f.modelDigest from Output o join o.finding f"
                                + " where o.study in :studies group by o.study.id, f.modelName, f.modelVersion, f.modelDigest"
                                + " order by min(f.id)",
                        Object[].class)
                .setParameter("studies", studies)
                .getResultList()
                .stream()
                .forEach(row -> releases.computeIfAbsent((Long) row[0], id -> new ArrayList<>())
                        .add(new StudyView.Release((String) row[1], (String) row[2], (String) row[3])));
        return releases;
    }

    /** Why those of them had nothing to deliver that ended without, by their ids. */
    private Map<Long, String> nothingDelivered(List<Study> studies) {
        Map<Long, String> reasons = new HashMap<>();
        entities
                .createQuery(
                        "select s.id, (select count(f) from Finding f where f.instance.study = s and f.flagged and "
                                + Finding.STANDS
                                + ") from Study s where s in :studies and s.imagesRestored > 0 and s.supersededBy is null"
                                + " and s.state = org.rigatino.persistence.StudyState.CONFIRMED"
                                + " and not exists (select 1 from Delivery d join d.output o where d.study = s and"
                                + " d.state = org.rigatino.persistence.Delivery.State.CONFIRMED and "
                                + Output.IS_OF_STUDY
                                + " and " + Output.STANDS
                                + ")",
                        Object[].class)
                .setParameter("studies", studies)
                .getResultList()
                .stream()
                .forEach(row ->
                        reasons.put((Long) row[0], (Long) row[1] == 0 ? StudyView.NOT_FLAGGED : StudyView.NOT_MADE));
        return reasons;
    }

    /**
     * In the order of revisions; empty where the study is unknown.
     *
     * @param first of each list of each revision, from 0
     * @param most of each
     */
    @Transactional
    public List<RevisionView> revisions(String studyInstanceUid, int first, int most) {
        return views(studies(studyInstanceUid), study -> revision(study, first, most));
    }

    private List<Study> studies(String studyInstanceUid) {
        return entities.createQuery("from Study where studyInstanceUid = :uid order by revision", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
    }

    private RevisionView revision(Study study, int first, int most) {
        Rows rows = new Rows(study, first, most);
        List<Output> outputs = rows.list(
                "from Output o left join fetch o.finding f left join fetch f.instance where o.study = :study order by o.id",
                Output.class);
        Map<Long, Frames> frames = frames(outputs);
        Set<Long> standing = standing(study, frames.values());
        return new RevisionView(
                views(List.of(study)).get(0),
                new RevisionView.Totals(
                        rows.count("Instance r where r.study = :study"),
                        rows.count(
                                "Finding r where r.id in (select f.id from Finding f where f.instance.study = :study and "
                                        + Finding.STANDS + ")"),
                        rows.count("Output r where r.study = :study"),
                        rows.count("Delivery r where r.study = :study")),
                views(
                        rows.list("from Instance where study = :study order by seriesInstanceUid, id", Instance.class),
                        RevisionView.InstanceView::of),
                views(
                        rows.list(
                                "from Finding f join fetch f.instance i where i.study = :study and " + Finding.STANDS
                                        + " order by f.id",
                                Finding.class),
                        RevisionView.FindingView::of),
                views(outputs, row -> {
                    Frames made = frames.get(row.id);
                    return RevisionView.OutputView.of(
                            row, made.count(), made.one(), row.replacedAt == null && standing.contains(made.one().id));
                }),
                deliveries(rows));
    }

    private List<RevisionView.DeliveryView> deliveries(Rows rows) {
        List<Delivery> deliveries = rows.list(
                "from Delivery d join fetch d.output o left join fetch o.finding where d.study = :study order by d.id",
                Delivery.class);
        Map<Long, Frames> frames =
                frames(deliveries.stream().map(row -> row.output).distinct().toList());
        return views(
                deliveries,
                row -> RevisionView.DeliveryView.of(
                        row, frames.get(row.output.id).one()));
    }

    private static <T, V> List<V> views(List<T> rows, Function<T, V> view) {
        return rows.stream().map(view).toList();
    }

    /** How many findings an object was made of, and one of them: all are of one run. */
    private record Frames(long count, Finding one) {}

    /** By id of the object. */
    private Map<Long, Frames> frames(List<Output> outputs) {
        Map<Long, Frames> frames = new HashMap<>();
        outputs.stream()
                .filter(row -> row.finding != null)
                .forEach(row -> frames.put(row.id, new Frames(1, row.finding)));
        entities
                .createQuery(
                        "select o.id, count(f), min(f.id) from Output o join o.findings f where o in :outputs group by o.id",
                        Object[].class)
                .setParameter("outputs", outputs)
                .getResultList()
                .stream()
                .forEach(row ->
                        frames.put((Long) row[0], new Frames((Long) row[1], entities.find(Finding.class, row[2]))));
        return frames;
    }

    private Set<Long> standing(Study study, Collection<Frames> frames) {
        return new HashSet<>(entities.createQuery(
                        "select f.id from Finding f where f in :findings and f.instance.study = :study and "
                                + Finding.STANDS,
                        Long.class)
                .setParameter("study", study)
                .setParameter("findings", frames.stream().map(Frames::one).toList())
                .getResultList());
    }

    /** One page of what hangs on a revision. */
    private final class Rows {
        private final Study study;
        private final int first;
        private final int most;

        Rows(Study study, int first, int most) {
            this.study = study;
            this.first = first;
            this.most = most;
        }

        <T> List<T> list(String query, Class<T> type) {
            return entities.createQuery(query, type)
                    .setParameter("study", study)
                    .setFirstResult(first)
                    .setMaxResults(most)
                    .getResultList();
        }

        long count(String rows) {
            return entities.createQuery("select count(r) from " + rows, Long.class)
                    .setParameter("study", study)
                    .getSingleResult();
        }
    }

    /**
     * Of all revisions, the most abnormal first.
     *
     * @param first from 0
     */
    @Transactional
    public List<RevisionView.FindingView> ranked(String studyInstanceUid, int first, int most) {
        return views(
                entities.createQuery("from Finding f join fetch f.instance i" + RANKED, Finding.class)
                        .setParameter("uid", studyInstanceUid)
                        .setFirstResult(first)
                        .setMaxResults(most)
                        .getResultList(),
                RevisionView.FindingView::of);
    }

    /** How many {@link #ranked} would have without a limit. */
    @Transactional
    public int judged(String studyInstanceUid) {
        return count(studyInstanceUid, "Finding f join f.instance i" + STANDING);
    }

    /** Instances of which a frame or all was refused or could not be read, in the order of their series. */
    @Transactional
    public List<RevisionView.InstanceView> notRestored(String studyInstanceUid, int most) {
        return views(
                of(
                        studyInstanceUid,
                        "from " + NOT_RESTORED + " order by i.seriesInstanceUid, i.id",
                        Instance.class,
                        most),
                RevisionView.InstanceView::of);
    }

    /** How many {@link #notRestored} would have without a limit. */
    @Transactional
    public int allNotRestored(String studyInstanceUid) {
        return count(studyInstanceUid, NOT_RESTORED);
    }

    private <T> List<T> of(String studyInstanceUid, String query, Class<T> type, int most) {
        return entities.createQuery(query, type)
                .setParameter("uid", studyInstanceUid)
                .setMaxResults(most)
                .getResultList();
    }

    private int count(String studyInstanceUid, String rows) {
        return entities.createQuery("select count(*) from " + rows, Long.class)
                .setParameter("uid", studyInstanceUid)
                .getSingleResult()
                .intValue();
    }
}
