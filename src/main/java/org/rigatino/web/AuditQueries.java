package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BadRequestException;
import java.util.stream.Stream;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditRows;

/** The trail, as those read it whose reading is recorded. */
@ApplicationScoped
public class AuditQueries {
    @Inject
    AuditRows rows;

    @Inject
    ViewRecord views;

    @Inject
    EntityManager entities;

    /**
     * What a request asks for. A UID that is not a study's but that of an instance, or of an object that was made of one, asks for
     * its study. Answers 400 where it is no UID, or nobody can be of the name.
     */
    @Transactional
    public AuditFilter filter(AuditQuery query) {
        AuditFilter filter = query.filter();
        requireRecordable(filter);
        return filter.studyInstanceUid() == null ? filter : filter.ofStudy(studyOf(filter.studyInstanceUid()));
    }

    private void requireRecordable(AuditFilter filter) {
        try {
            rows.onRecord(filter);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage());
        }
    }

    private String studyOf(String uid) {
        return Stream.of("Instance", "Output")
                .flatMap(kind -> entities
                        .createQuery(
                                "select study.studyInstanceUid from " + kind + " where sopInstanceUid = :uid",
                                String.class)
                        .setParameter("uid", uid)
                        .getResultList()
                        .stream())
                .findFirst()
                .orElse(uid);
    }

    /** @param before id of the row that the page before ended with, null for the end of the trail */
    public AuditPage page(AuditFilter filter, Long before, int size, Actor actor) {
        views.asked(rows.onRecord(filter), actor);
        return AuditPage.of(rows.before(before == null ? Long.MAX_VALUE : before, filter, size + 1), size);
    }
}
