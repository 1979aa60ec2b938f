package org.rigatino.study;

import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;

/** The life of studies on a real PostgreSQL, without an application. */
public final class LifeOnRecord {
    private LifeOnRecord() {}

    /** A part of the database from now on, with the audit trail that it writes. */
    public static StudyLife of(DeliveryDatabase database) throws Exception {
        database.bean(AuditTrail.class);
        database.bean(NextRevision.class);
        database.bean(ReceptionEnd.class);
        database.bean(DeliveryOutcome.class);
        database.bean(Replay.class);
        database.bean(PatientChoice.class);
        database.bean(JudgementAnew.class);
        return database.bean(StudyLife.class);
    }
}
