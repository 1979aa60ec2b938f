package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;

/** What of studies is finished and was judged by releases that do not serve any more. Within the caller's transaction. */
@ApplicationScoped
public class FinishedStudies {
    /** SQL that holds of an instance {@code i} and a finding {@code f} that stands of it, of a release that does not serve. */
    public static final String BY_ANOTHER =
            """
            i.outcome = 'RESTORED' and f.instance_id = i.id
              and not exists (select 1 from finding later where later.instance_id = i.id and later.created_at > f.created_at)
              and not exists (select 1 from release_standing r
                              where r.model_digest = f.model_digest and r.standing = 'SERVING')""";

    private static final String ENDED =
            """
            s.superseded_at is null and s.images_restored > 0
              and (s.state = 'CONFIRMED' or s.state = 'DELIVERED' and s.ended_at is not null)""";

    /** SQL that holds of a revision {@code s} that is finished, with images that stand restored and whose files are kept. */
    public static final String FINISHED = ENDED + " and s.instances_deleted_at is null";

    /** SQL that holds of a revision {@code s} that has ended so and whose files retention has deleted, with all of its study. */
    public static final String FILES_DELETED = ENDED + " and s.instances_deleted_at is not null and not exists"
            + " (select 1 from study k where k.study_instance_uid = s.study_instance_uid and k.superseded_at is null"
            + " and k.instances_deleted_at is null)";

    /** SQL that holds of a revision {@code s} while a revision of its study is on its way. */
    public static final String UNDER_WAY =
            """
            exists (select 1 from study o where o.study_instance_uid = s.study_instance_uid and o.superseded_at is null
              and o.state not in ('CONFIRMED', 'REFUSED', 'FAILED')
              and not (o.state = 'DELIVERED' and o.ended_at is not null))""";

    private static final String OF_STUDY = "select s.* from study s where s.study_instance_uid = :uid and " + FINISHED
            + " and exists (select 1 from instance i, finding f where i.study_id = s.id and " + BY_ANOTHER
            + ") order by s.id";

    @Inject
    EntityManager entities;

    /** Whole revisions, in their order: what a release that serves judged in them is judged again with the rest. */
    List<Study> revisions(String studyInstanceUid) {
        return entities.createNativeQuery(OF_STUDY, Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
    }

    boolean isUnderWay(String studyInstanceUid) {
        return !entities.createNativeQuery(
                        "select 1 from study s where s.study_instance_uid = :uid and " + UNDER_WAY + " limit 1")
                .setParameter("uid", studyInstanceUid)
                .getResultList()
                .isEmpty();
    }

    /** Of those revisions, refused and failed ones included: own outputs and what is set aside left out. */
    List<Instance> instances(String studyInstanceUid) {
        return entities.createQuery(
                        "from Instance where study in :revisions and outcome not in :left order by seriesInstanceUid, id",
                        Instance.class)
                .setParameter("revisions", revisions(studyInstanceUid))
                .setParameter("left", List.of(Instance.Outcome.OWN_OUTPUT, Instance.Outcome.SET_ASIDE))
                .getResultList();
    }

    /** Of those revisions, what stands. */
    List<Finding> findings(String studyInstanceUid) {
        return entities.createQuery(
                        "from Finding f join fetch f.instance i where i.study in :revisions and " + Finding.STANDS,
                        Finding.class)
                .setParameter("revisions", revisions(studyInstanceUid))
                .getResultList();
    }
}
