package org.rigatino.web;

import java.time.Instant;
import org.rigatino.persistence.AuditEvent;

/** One row of the audit trail. */
public record AuditView(
        long id,
        Instant occurredAt,
        String kind,
        String studyInstanceUid,
        String subject,
        String detail,
        String actor,
        String address,
        String previousHash,
        String hash) {
    static AuditView of(AuditEvent row) {
        return new AuditView(
                row.id,
                row.occurredAt,
                row.kind,
                row.studyInstanceUid,
                row.subject,
                row.detail,
                row.actor,
                row.address,
                row.previousHash,
                row.hash);
    }
}
