package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.rigatino.persistence.Study;

/**
 * What was refused and can be judged anew, its files being kept: by a rule of the house, a release's, or since none serves. Whose patient is in doubt is not
 * among them (see {@link PatientsInDoubt}), nor are our own outputs.
 */
@ApplicationScoped
public class RefusedStudies {
    /** Of a page. */
    public static final int MOST = 50;

    private static final String REFUSED = " from study s where s.state = 'REFUSED' and s.superseded_at is null"
            + " and s.instances_deleted_at is null"
            + " and not (s.rerun_id is not null and s.restored_at is null) and s.refusal_rule not in ('"
            + Study.PATIENT_IDENTITY + "', '" + Study.OWN_OUTPUT + "')"
            + " and exists (select 1 from instance i where i.study_id = s.id and i.outcome = 'REFUSED')";

    @Inject
    Session entities;

    /**
     * A refused revision.
     *
     * @param rule several with a comma between
     * @param found what its images have, or the rule of the house; null where nobody noted it
     */
    public record Refused(String studyInstanceUid, int revision, String rule, String found, Instant refusedAt) {}

    /**
     * The last refused first.
     *
     * @param page from 0; where there is none so far behind, the last is there
     */
    public record Page(List<Refused> studies, int page, long total) {
        public boolean isLast() {
            return (page + 1L) * MOST >= total;
        }

        public int number() {
            return page + 1;
        }
    }

    @Transactional
    public Page page(int page) {
        long total = entities.createNativeQuery("select count(*)" + REFUSED, Long.class)
                .getSingleResult();
        int there = (int) Math.min(page, Math.max(0, total - 1) / MOST);
        List<Refused> rows = entities.createNativeQuery(
                        "select s.study_instance_uid, s.revision, s.refusal_rule, (select min(n.outcome_detail) from instance n"
                                + " where n.study_id = s.id and n.outcome = 'REFUSED'), s.ended_at" + REFUSED
                                + " order by s.ended_at desc, s.id desc",
                        Refused.class)
                .setFirstResult(there * MOST)
                .setMaxResults(MOST)
                .getResultList();
        return new Page(rows, there, total);
    }
}
