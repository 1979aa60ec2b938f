package org.rigatino.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What archives were asked for by C-MOVE. */
@ApplicationScoped
public class AskedStudies {
    /** An archive may go on with its sub-operations after we have ended the C-MOVE. */
    private static final Duration LATE = Duration.ofMinutes(10);

    @Inject
    IngestConfiguration configuration;

    @Inject
    EntityManager entities;

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

    /** Instances of the study that are on record, of all its revisions, own outputs and what is set aside among them. */
    @Transactional
    public long onRecord(String studyInstanceUid) {
        return ((Number) entities.createNativeQuery(
                                """
                                select count(distinct i.sop_instance_uid) from instance i join study s on s.id = i.study_id
                                where s.study_instance_uid = :study""")
                        .setParameter("study", studyInstanceUid)
                        .getSingleResult())
                .longValue();
    }

    /** SOP Instance UIDs of those that are worked on. */
    @SuppressWarnings("unchecked")
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
