package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.rigatino.page.StudyContents.Sent;
import org.rigatino.persistence.Delivery;
import org.rigatino.result.ObjectKind;

/** What became of a study's objects at its destinations, as sums. */
@ApplicationScoped
class SentObjects {
    /** An object of several frames is of one release. */
    private static final String SENT =
            """
            select s.revision, coalesce(f.model_name || '/' || f.model_version, m.model) as release, d.destination, o.kind,
              d.state, count(*), max(d.last_error), max(d.warning), max(d.confirmed_at)
            from study s join delivery d on d.study_id = s.id join output o on o.id = d.output_id
              left join finding f on f.id = o.finding_id
              left join lateral (select y.model_name || '/' || y.model_version as model from output_finding x
                join finding y on y.id = x.finding_id where x.output_id = o.id limit 1) m on o.finding_id is null
            where s.study_instance_uid = :uid
            group by s.revision, release, d.destination, o.kind, d.state
            order by s.revision, min(d.id)""";

    @Inject
    Session entities;

    @Transactional
    List<Sent> of(String studyInstanceUid) {
        return entities
                .createNativeQuery(SENT, Object[].class)
                .setParameter("uid", studyInstanceUid)
                .getResultList()
                .stream()
                .map(row -> new Sent(
                        (Integer) row[0],
                        (String) row[1],
                        (String) row[2],
                        Texts.words(ObjectKind.valueOf((String) row[3])),
                        Delivery.State.valueOf((String) row[4]),
                        ((Long) row[5]).intValue(),
                        (String) row[6],
                        (String) row[7],
                        (Instant) row[8]))
                .toList();
    }
}
