package org.rigatino.triage;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.rigatino.Settings;
import org.rigatino.access.AccessConfiguration;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.identity.Identities;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;

/** What tests of the worklist's record share: a real database, and who reads the list there. */
abstract class WorklistDatabase {
    static final Reader READER = new Reader(IdentityLevel.NONE, new Actor("anna", "192.0.2.7"));

    static DeliveryDatabase database;
    static WorklistRecord record;
    static WorklistLists lists;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(Settings.of(TriageConfiguration.class, Map.of("rigatino.triage.escalate-after.high", "PT1H")));
        database.with(Settings.of(AccessConfiguration.class));
        database.bean(AuditTrail.class);
        database.bean(GoneAssignees.class);
        database.bean(Identities.class);
        database.bean(StudyStanding.class);
        record = database.bean(WorklistRecord.class);
        lists = database.bean(WorklistLists.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }
}
