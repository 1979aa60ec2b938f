package org.rigatino.rejection;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.rigatino.Settings;
import org.rigatino.access.Actor;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.deliver.DeliveryOfRerun;
import org.rigatino.deliver.DeliveryRecord;
import org.rigatino.deliver.DestinationActs;
import org.rigatino.deliver.DestinationKind;
import org.rigatino.deliver.DestinationsOnRecord;
import org.rigatino.deliver.LaterObjects;
import org.rigatino.deliver.Outbox;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.finding.SlicePlace;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.ClaimedStudy;
import org.rigatino.study.LifeOnRecord;
import org.rigatino.study.Restored;
import org.rigatino.study.Restored.InstanceResult;
import org.rigatino.study.Restored.JudgedFrame;
import org.rigatino.study.Restored.KeptObject;
import org.rigatino.study.StudyClaim;
import org.rigatino.study.StudyLife;

/** Studies of two images, their runs and their deliveries to {@code pacs} and {@code other}, on a real PostgreSQL. */
final class RerunOnRecord implements AutoCloseable {
    static final Actor ADAM = new Actor("adam", null);
    static final String OLD = "a";
    static final String NEW = "b";

    final DeliveryDatabase database;
    final StudyLife life;
    private final Path folder;
    private final long rerun;
    DeliverConfiguration configuration;
    OutputStore outputs;
    DeliveryRecord deliveries;
    DestinationActs acts;
    RejectionNotes notes;
    private Outbox outbox;
    private int studies;

    RerunOnRecord(Path folder) throws Exception {
        this.folder = folder;
        database = new DeliveryDatabase();
        life = LifeOnRecord.of(database, (study, made, asked) -> outbox.add(study, made, asked));
        database.with((Event<?>) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, values) -> {
                    notes.confirmed((DeliveryOfRerun) values[0]);
                    return null;
                }));
        configure(Map.of());
        database.execute("insert into rerun (state, state_since, started_by, started_at)"
                + " values ('RUNNING', now(), 'adam', now())");
        rerun = Long.parseLong(database.query("select id from rerun").get(0));
    }

    void configure(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "rigatino.deliver.outputs",
                        Files.createDirectories(folder.resolve("outputs")).toString(),
                "rigatino.deliver.retry.rejections", "1",
                "rigatino.deliver.destinations.pacs.host", "127.0.0.1",
                "rigatino.deliver.destinations.pacs.ae-title", "PACS",
                "rigatino.deliver.destinations.pacs.objects", "secondary-capture,rejection-note",
                "rigatino.deliver.destinations.other.host", "127.0.0.2",
                "rigatino.deliver.destinations.other.ae-title", "OTHER"));
        settings.putAll(more);
        configuration = Settings.of(DeliverConfiguration.class, settings);
        DestinationsOnRecord.of(database, configuration);
        outputs = new OutputStore(configuration);
        outbox = database.bean(Outbox.class);
        deliveries = database.bean(DeliveryRecord.class);
        acts = database.bean(DestinationActs.class);
        database.bean(RejectionNoteRows.class);
        database.bean(Replacement.class);
        database.bean(LaterObjects.class);
        database.bean(RejectionNoteWriter.class);
        notes = database.bean(RejectionNotes.class);
    }

    /** Judged by the old release and proved to be in both archives; the new one serves from now on. */
    String finished() throws Exception {
        String uid = "2.25.4" + ++studies;
        database.execute(String.format(
                "insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                        + " values ('%s', 1, 'READY', now(), now())",
                uid));
        for (int image = 1; image <= 2; image++) {
            database.execute(String.format(
                    "insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                            + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at,"
                            + " outcome) select id, '%1$s.%2$d', '1.2.840.10008.5.1.4.1.1.4', '%1$s.9',"
                            + " '1.2.840.10008.1.2.1', 'MR', 'SCANNER', '%1$s.%2$d.dcm', repeat('0', 64), 9, now(),"
                            + " 'PENDING' from study where study_instance_uid = '%1$s'",
                    uid, image));
        }
        serves(OLD);
        restore(uid, 1, OLD);
        confirm(uid, 1, "pacs");
        confirm(uid, 1, "other");
        serves(NEW);
        return uid;
    }

    void serves(String release) throws Exception {
        database.execute("delete from release_standing");
        for (String one : List.of(OLD, NEW)) {
            database.execute(
                    "insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                            + " since) values ('" + one.repeat(64) + "', 'tiny', '" + one + "', '{}', '"
                            + (one.equals(release) ? "SERVING" : "SHADOW") + "', now())");
        }
    }

    /** By what serves: the next revision is restored, and its objects wait for both archives. */
    int again(String uid, String release) throws Exception {
        int revision = life.judgeAgain(uid, rerun, ADAM).revision();
        restore(uid, revision, release);
        return revision;
    }

    void restore(String uid, int revision, String release) throws Exception {
        try (StudyClaim claim = life.claim(uid, revision).orElseThrow()) {
            claim.restored(result(claim.study(), uid, revision, release));
        }
    }

    private Restored result(ClaimedStudy study, String uid, int revision, String release) throws Exception {
        List<InstanceResult> came = new ArrayList<>();
        List<JudgedFrame> frames = new ArrayList<>();
        for (ClaimedStudy.ReceivedInstance row : study.instances()) {
            came.add(new InstanceResult(row.id(), Outcome.RESTORED, null, null));
            ImageFinding finding = new ImageFinding(
                    new FrameReference(uid, uid + ".9", row.sopInstanceUid(), "1.2.840.10008.5.1.4.1.1.4", 1),
                    release.repeat(64),
                    2.5,
                    50,
                    false,
                    new float[0]);
            frames.add(new JudgedFrame(
                    row.id(),
                    new JudgedSlice(finding, Optional.of(new SlicePlace(0, 0, 1, row.id())), OptionalDouble.empty()),
                    "tiny",
                    release,
                    List.of(overlay(uid, row.sopInstanceUid() + "." + revision, revision))));
        }
        Set<ObjectKind> overlays = Set.of(ObjectKind.SECONDARY_CAPTURE);
        return new Restored(
                Optional.of("somebody"),
                "0".repeat(64),
                came,
                frames,
                List.of(),
                Optional.empty(),
                Map.of("pacs", overlays, "other", overlays),
                Optional.empty(),
                Optional.empty());
    }

    private KeptObject overlay(String study, String uid, int revision) throws Exception {
        Dataset object = PixelFiles.header(2, 2)
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
                .put(Tag.StudyInstanceUID, study)
                .put(Tag.SeriesInstanceUID, study + ".9." + revision)
                .put(Tag.SOPInstanceUID, uid)
                .put(Tag.PatientName, "Poe^Edgar")
                .put(Tag.SeriesNumber, 9_001)
                .putPixels(new short[4]);
        OutputStore.Stored stored = outputs.store(uid, object.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        return new KeptObject(
                ObjectKind.SECONDARY_CAPTURE,
                uid,
                "1.2.840.10008.5.1.4.1.1.7",
                study + ".9." + revision,
                stored.location(),
                stored.sha256(),
                stored.bytes());
    }

    /** Deliveries of the revision's own objects that are to be sent. */
    List<Long> waiting(String uid, int revision, String destination) throws Exception {
        return ids(uid, revision, destination, "o.kind <> 'REJECTION_NOTE' and d.state = 'PENDING'");
    }

    /** Deliveries of notes. */
    List<Long> noteDeliveries(String uid, int revision) throws Exception {
        return ids(uid, revision, "pacs", "o.kind = 'REJECTION_NOTE'");
    }

    private List<Long> ids(String uid, int revision, String destination, String condition) throws Exception {
        return database
                .query(
                        "select d.id from delivery d join output o on o.id = d.output_id join study s on s.id = d.study_id"
                                + " where s.study_instance_uid = '" + uid + "' and s.revision = " + revision
                                + " and d.destination = '" + destination + "' and " + condition + " order by d.id")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    /** The archive takes all of the revision and proves that it has it. */
    void confirm(String uid, int revision, String destination) throws Exception {
        for (long id : waiting(uid, revision, destination)) {
            confirm(id);
        }
    }

    void confirm(long delivery) throws Exception {
        deliveries.sent(delivery, null, place(delivery));
        deliveries.found(delivery, Delivery.Confirmation.QUERY, place(delivery));
    }

    /** Where the destination of a delivery is. */
    String place(long delivery) throws Exception {
        String name = database.query("select destination from delivery where id = " + delivery)
                .get(0);
        return DestinationKind.place(configuration.destinations().get(name));
    }

    @Override
    public void close() throws Exception {
        database.close();
    }
}
