package org.rigatino.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.rigatino.Settings;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.rule.RulesInForce;

/** What a listener does with what comes, on a real PostgreSQL and on disk, without a listener. */
public final class ReceptionOnRecord implements AutoCloseable {
    private final InstanceRecord record;
    private final OtherVersions otherVersions;
    private final Reception reception;
    private final InstanceStore store;

    /** @param database with the life of studies, see {@link org.rigatino.study.LifeOnRecord} */
    public ReceptionOnRecord(DeliveryDatabase database, Path folder) throws Exception {
        this(database, folder, Map.of());
    }

    /** @param more settings */
    public ReceptionOnRecord(DeliveryDatabase database, Path folder, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("rigatino.ingest.store", folder.toString());
        settings.put("rigatino.ingest.commit-timeout", "PT1M");
        IngestConfiguration configuration = Settings.of(IngestConfiguration.class, settings);
        database.with(configuration, new RulesInForce());
        database.bean(InstanceRows.class);
        database.bean(PerformedSteps.class);
        database.bean(Completion.class);
        record = database.bean(InstanceRecord.class);
        record.start();
        store = InstanceStore.open(folder);
        otherVersions = new OtherVersions(store, record, configuration);
        reception = new Reception(
                store,
                record,
                otherVersions,
                database.bean(AskedStudies.class),
                new SimpleMeterRegistry(),
                configuration.maxInstance().asLongValue(),
                0);
    }

    public StoreStatus store(InstanceFile file) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file.path()), 4)) {
            FileMeta meta = FileMeta.read(in);
            return reception.store(
                    new StoreRequest("ANY", meta.sopClassUid(), meta.sopInstanceUid(), meta.transferSyntaxUid()), in);
        }
    }

    /** Its file has its name, and no row is written yet. */
    Arrival arrive(InstanceFile file) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file.path()), 4)) {
            FileMeta meta = FileMeta.read(in);
            InstanceStore.Received received = store.receive(meta, in);
            InstanceHeader header = InstanceHeader.read(received.file());
            String location = store.keep(
                    received, header.studyInstanceUid(), header.seriesInstanceUid(), header.sopInstanceUid());
            return Arrival.now(
                    new StoreRequest("ANY", meta.sopClassUid(), meta.sopInstanceUid(), meta.transferSyntaxUid()),
                    header,
                    received.at(store.resolve(location)),
                    location);
        }
    }

    InstanceRecord record() {
        return record;
    }

    OtherVersions otherVersions() {
        return otherVersions;
    }

    @Override
    public void close() {
        otherVersions.close();
        record.stop();
    }
}
