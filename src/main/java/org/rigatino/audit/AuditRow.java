package org.rigatino.audit;

import java.time.Instant;

/**
 * A row of the trail, for those who pass it on.
 *
 * @param anchor its id and hash, as a text that {@code audit verify --anchors} finds again
 */
public record AuditRow(
        long id,
        Instant occurredAt,
        String kind,
        String studyInstanceUid,
        String subject,
        String detail,
        String actor,
        String address,
        String anchor) {
    static AuditRow of(AuditChain.Kept kept) {
        AuditRecord row = kept.row();
        return new AuditRow(
                row.id(),
                row.occurredAt(),
                row.kind(),
                row.studyInstanceUid(),
                row.subject(),
                row.detail(),
                row.actor(),
                row.address(),
                new Anchor(row.id(), kept.hash()).toString());
    }
}
