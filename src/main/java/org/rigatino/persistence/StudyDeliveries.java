package org.rigatino.persistence;

import jakarta.persistence.EntityManager;

/** All deliveries of a study together, whether they are there or yet to come. */
public final class StudyDeliveries {
    private StudyDeliveries() {}

    /**
     * To the end of the caller's transaction: one at a time adds deliveries to the study or locks all that it has. Otherwise one is
     * added between its deliveries and its revisions, is locked last by whoever wants all, and first by whoever sends it.
     * After destinations, and before any delivery or revision is locked.
     */
    public static void hold(EntityManager entities, String studyInstanceUid) {
        entities.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))", Integer.class)
                .setParameter("name", "rigatino.deliveries." + studyInstanceUid)
                .getResultList();
    }
}
