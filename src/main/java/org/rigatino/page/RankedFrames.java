package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import org.rigatino.web.StudyQueries;

/** Which frames of a study a model judged, as the record has them. No file is read while it is asked. */
@ApplicationScoped
class RankedFrames {
    @Inject
    EntityManager entities;

    /** @param location of the file as received */
    record Ranked(
            String seriesInstanceUid,
            String sopInstanceUid,
            int frameNumber,
            String modelDigest,
            boolean flagged,
            Double slicePosition,
            String location) {}

    /** Those that stand, the most abnormal first. */
    @Transactional
    List<Ranked> of(String studyInstanceUid) {
        return entities.createQuery(
                        "select i.seriesInstanceUid, i.sopInstanceUid, f.frameNumber, f.modelDigest, f.flagged,"
                                + " f.slicePosition, i.location from Finding f join f.instance i" + StudyQueries.RANKED,
                        Ranked.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
    }
}
