package org.rigatino.deliver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.access.Actor;
import org.rigatino.dicom.DicomException;
import org.rigatino.study.LifeOnRecord;
import org.rigatino.study.StudyLife;
import org.rigatino.study.StudyLife.NamedInstance;

/** Deliveries of one study to the destination {@code pacs} on a database of the class, worked on pass by pass. */
abstract class DeliveryPasses {
    static final int REJECTIONS = 3;

    @TempDir
    static Path folder;

    static DeliveryDatabase database;

    DeliverConfiguration configuration;
    /** Why a pass ended before its end; null where none did. */
    DicomException last;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = new DeliveryDatabase();
        Files.createDirectory(folder.resolve("outputs"));
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    OpenDeliveries deliveries;

    private StudyLife life;

    @BeforeEach
    void empty() throws Exception {
        database.execute("delete from delivery; delete from output; delete from instance; delete from study_patient;"
                + " delete from study; delete from restoration");
    }

    abstract void send() throws DicomException;

    abstract void confirm() throws DicomException;

    /** @param settings of the destination, and what differs from waits too short to be waited for */
    DeliveryRecord record(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "rigatino.deliver.outputs", folder.resolve("outputs").toString(),
                "rigatino.deliver.destinations.pacs.objects", "secondary-capture,segmentation",
                "rigatino.deliver.retry.first", "PT0.001S",
                "rigatino.deliver.retry.longest", "PT0.001S",
                "rigatino.deliver.retry.rejections", "" + REJECTIONS,
                "rigatino.deliver.commitment.timeout", "PT0.001S",
                "rigatino.deliver.commitment.requests", "2"));
        all.putAll(settings);
        configuration = Settings.of(DeliverConfiguration.class, all);
        DestinationObjects.check(configuration);
        database.with(configuration, new OutputStore(configuration));
        life = LifeOnRecord.of(database);
        database.bean(AddedDestinations.class);
        database.bean(DestinationsInForce.class);
        database.bean(DeliveryMoves.class);
        DeliveryRecord record = database.bean(DeliveryRecord.class);
        deliveries = database.bean(OpenDeliveries.class);
        return record;
    }

    /** As restore-backup leaves it. */
    void restored() throws Exception {
        database.execute("insert into restoration (restored_at, backup_made_at) values (now(), now())");
    }

    void study(boolean capture, boolean segmentation) throws Exception {
        new DueStudy(database, configuration).insert(capture, segmentation);
    }

    /** Of two instances of the study one is of another patient. */
    void withPatients() throws Exception {
        for (int id = 1; id <= 2; id++) {
            LifeOnRecord.instance(database, id, id == 1 ? "RESTORED" : "REFUSED", id == 1 ? null : "patient-identity");
        }
    }

    /** Of whom results are made that are on their way: withdrawn, once. */
    int withdraw() {
        try {
            if (study().equals("DELIVERING")) {
                database.execute("select setval(pg_get_serial_sequence('study', 'id'), 1)");
                life.choosePatient(
                        "2.25.1",
                        life.patientsVersion("2.25.1"),
                        List.of(new NamedInstance(1, "wrong"), new NamedInstance(2, "right")),
                        Set.of("right"),
                        new Actor("anna", "192.0.2.7"));
            }
            return 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Passes of the destination's worker, each when all is due, until nothing is, or for as long as a shortage lasts. */
    void work() throws Exception {
        int pass = 0;
        do {
            pass();
        } while (++pass < 4 * REJECTIONS
                && !database.query("select id from delivery where state in ('PENDING', 'SENT')")
                        .isEmpty());
    }

    void pass() throws Exception {
        allDue();
        try {
            send();
            allDue();
            confirm();
        } catch (DicomException e) {
            last = e;
        }
    }

    private static void allDue() throws Exception {
        database.execute("update delivery set next_attempt_at = now() - interval '1 s'");
    }

    String state(int id) throws Exception {
        return database.query("select state from delivery where id = " + id).get(0);
    }

    /** Its state, and where it failed the stage. */
    String study() throws Exception {
        return database.query("select concat_ws(' at ', state, failed_stage) from study where revision = 1")
                .get(0);
    }
}
