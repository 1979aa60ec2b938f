package org.rigatino.web;

import java.util.List;
import org.rigatino.audit.AuditRow;

/**
 * Rows of the trail, the latest first.
 *
 * @param before what to ask for next, null where the trail has no more
 */
public record AuditPage(List<AuditRow> rows, Long before) {
    /** @param rows one more than {@code size} where there are more */
    static AuditPage of(List<AuditRow> rows, int size) {
        return rows.size() <= size
                ? new AuditPage(rows, null)
                : new AuditPage(rows.subList(0, size), rows.get(size - 1).id());
    }
}
