package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.rigatino.page.StudyContents.Sent;
import org.rigatino.persistence.Delivery;

/** What became of a study's objects at its destinations, as sums. */
@ApplicationScoped
class SentObjects {
    @Inject
    EntityManager entities;

    @Transactional
    List<Sent> of(String studyInstanceUid) {
        return entities.createQuery(
                        "select d.destination, o.kind, d.state, count(d), max(d.lastError), max(d.warning),"
                                + " max(d.confirmedAt) from Delivery d join d.output o"
                                + " where d.study.studyInstanceUid = :uid group by d.destination, o.kind, d.state"
                                + " order by min(d.id)",
                        Object[].class)
                .setParameter("uid", studyInstanceUid)
                .getResultStream()
                .map(row -> new Sent(
                        (String) row[0],
                        Texts.words((Enum<?>) row[1]),
                        (Delivery.State) row[2],
                        ((Long) row[3]).intValue(),
                        (String) row[4],
                        (String) row[5],
                        (Instant) row[6]))
                .toList();
    }
}
