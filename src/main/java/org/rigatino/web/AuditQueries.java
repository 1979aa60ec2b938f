package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

    /** @param before id of the row that the page before ended with, null for the end of the trail */
    public AuditPage page(AuditFilter filter, Long before, int size, Actor actor) {
        views.asked(filter, actor);
        return AuditPage.of(rows.before(before == null ? Long.MAX_VALUE : before, filter, size + 1), size);
    }
}
