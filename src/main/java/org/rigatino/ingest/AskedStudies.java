package org.rigatino.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;

/** What sources were asked for, and what came since. */
@ApplicationScoped
public class AskedStudies {
    /** An archive may go on with its sub-operations after we have ended the C-MOVE. */
    private static final Duration LATE = Duration.ofMinutes(10);

    @Inject
    IngestConfiguration configuration;

    @Inject
    Session entities;

    private final Set<Arrivals> expected = ConcurrentHashMap.newKeySet();

    /** Whether a retrieval of the study from a source of this AE title is open, or was a moment ago. */
    @Transactional
    boolean includes(String aeTitle, String studyInstanceUid) {
        List<String> names = configuration.sources().entrySet().stream()
                .filter(source ->
                        source.getValue().aeTitle().filter(aeTitle::equals).isPresent())
                .map(Map.Entry::getKey)
                .toList();
        return !names.isEmpty()
                && !entities.createNativeQuery(
                                """
                                select 1 from retrieval where study_instance_uid = :study and source in (:names)
                                  and (state = 'PENDING' and attempts > 0 or ended_at > :recently) limit 1""")
                        .setParameter("study", studyInstanceUid)
                        .setParameter("names", names)
                        .setParameter("recently", Instant.now().minus(LATE))
                        .getResultList()
                        .isEmpty();
    }

    /** From now on; to be closed. */
    @Transactional
    public Arrivals expect(String studyInstanceUid) {
        long last = entities.createNativeQuery(
                        """
                        select coalesce(max(i.id), 0) from instance i join study s on s.id = i.study_id
                        where s.study_instance_uid = :study""",
                        Long.class)
                .setParameter("study", studyInstanceUid)
                .getSingleResult();
        Arrivals arrivals = new Arrivals(studyInstanceUid, last, expected::remove);
        expected.add(arrivals);
        return arrivals;
    }

    /**
     * Stored, or there before.
     *
     * @param asOther whether as another version than the one that is worked on
     */
    void arrived(String studyInstanceUid, String sopInstanceUid, boolean asOther) {
        for (Arrivals arrivals : expected) {
            if (arrivals.studyInstanceUid().equals(studyInstanceUid)) {
                arrivals.add(sopInstanceUid, asOther);
            }
        }
    }

    /** Grows as long as instances come: known ones to this listener, new ones to any. */
    @Transactional
    public long progress(Arrivals arrivals) {
        return Math.max(arrivals.stores(), rows(arrivals, "i.id > :last").size());
    }

    /**
     * Instances that came.
     *
     * @param all set aside ones among them
     * @param own of these our own outputs, which archives move with their study
     * @param aside of these what is here in another version, which is worked on, or was set aside as another patient's
     * @param elsewhere of these what is worked on in another study alone: a SOP Instance UID is of the study that it came in first
     * @param otherStudy one that has such, or null
     */
    public record Came(int all, int own, int aside, int elsewhere, String otherStudy) {
        /** Instances that are in the study. */
        public int here() {
            return all - elsewhere;
        }

        /** What is out of the ordinary, to go on behind a number; empty where nothing is. */
        public String besides() {
            return (own == 0 ? "" : ", " + own + " of them made by Rigatino")
                    + (aside == 0
                            ? ""
                            : ", " + aside
                                    + " of them set aside, as another version than is here or as another patient's, which are not worked on")
                    + (elsewhere == 0
                            ? ""
                            : ", " + elsewhere + " of them known under study " + otherStudy + ", and of that");
        }
    }

    /** To this listener, and what is new to any other on the same record. */
    @Transactional
    public Came came(Arrivals arrivals) {
        Set<String> all = new HashSet<>(arrivals.instances());
        all.addAll(rows(arrivals, "i.id > :last"));
        Set<String> own = new HashSet<>(rows(arrivals, "i.outcome = 'OWN_OUTPUT' and :last >= 0"));
        own.retainAll(all);
        Set<String> notWorkedOn = new HashSet<>(all);
        rows(arrivals, "i.outcome <> 'SET_ASIDE' and :last >= 0").forEach(notWorkedOn::remove);
        Map<String, String> elsewhere = inOthers(arrivals.studyInstanceUid(), notWorkedOn);
        Set<String> aside = new HashSet<>(arrivals.aside());
        aside.addAll(notWorkedOn);
        aside.addAll(rows(arrivals, "i.outcome = 'SET_ASIDE' and i.id > :last"));
        aside.removeAll(elsewhere.keySet());
        String other = elsewhere.values().stream().findFirst().orElse(null);
        return new Came(all.size(), own.size(), aside.size(), elsewhere.size(), other);
    }

    /** The study of each of the instances that is worked on in another one than this; what a person has set aside here is in none. */
    private Map<String, String> inOthers(String studyInstanceUid, Set<String> instances) {
        Map<String, String> studies = new HashMap<>();
        entities.createNativeQuery(
                        "select i.sop_instance_uid, s.study_instance_uid from instance i join study s on s.id = i.study_id"
                                + " where i.sop_instance_uid = any(cast(:instances as text[]))"
                                + " and i.outcome <> 'SET_ASIDE' and s.study_instance_uid <> :study",
                        Object[].class)
                .setParameter("instances", instances.toArray(String[]::new))
                .setParameter("study", studyInstanceUid)
                .getResultList()
                .forEach(row -> studies.put((String) row[0], (String) row[1]));
        return studies;
    }

    private List<String> rows(Arrivals arrivals, String condition) {
        return entities.createNativeQuery(
                        "select distinct i.sop_instance_uid from instance i join study s on s.id = i.study_id"
                                + " where s.study_instance_uid = :study and " + condition,
                        String.class)
                .setParameter("study", arrivals.studyInstanceUid())
                .setParameter("last", arrivals.lastRow())
                .getResultList();
    }

    /** SOP Instance UIDs of those that are worked on. */
    @Transactional
    public List<String> inForce(String studyInstanceUid) {
        return entities.createNativeQuery(
                        """
                        select distinct i.sop_instance_uid from instance i join study s on s.id = i.study_id
                        where s.study_instance_uid = :study and i.outcome not in ('OWN_OUTPUT', 'SET_ASIDE')""",
                        String.class)
                .setParameter("study", studyInstanceUid)
                .getResultList();
    }
}
