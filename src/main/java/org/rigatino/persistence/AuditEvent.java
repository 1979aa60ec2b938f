package org.rigatino.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** One row of the audit trail, for reading; only the audit trail itself writes. */
@Entity
@Immutable
public class AuditEvent {
    @Id
    public Long id;

    public Instant occurredAt;
    public String kind;
    public String studyInstanceUid;
    public String subject;
    public String detail;

    /** Who did it; null where Rigatino did by itself. */
    public String actor;

    /** Where the actor was; null where that is not known. */
    public String address;

    public String previousHash;
    public String hash;
}
