package org.rigatino.workitem;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.Patience;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.deliver.DicomwebServices;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.dicomweb.DicomwebConfiguration;
import org.rigatino.dicomweb.RetrievalRecord;
import org.rigatino.identity.IdentityRows;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.Sources;

/** Workitems, and the studies that they ask for, on a real PostgreSQL. */
final class PerformerOnRecord implements AutoCloseable {
    static final String UID = "2.25.500";
    static final String STUDY = "2.25.1";
    static final String PACS = "http://127.0.0.1:1/dicom-web";
    static final String IMAGE = "2.25.71";

    final DeliveryDatabase database;
    final WorkitemRecord record;
    private final InputStudy studies;
    private final InputSource sources;

    PerformerOnRecord() throws Exception {
        database = new DeliveryDatabase();
        SmallRyeConfig defaults = settings(
                Map.of("rigatino.ingest.sources.old.host", "127.0.0.1", "rigatino.ingest.sources.old.ae-title", "OLD"));
        database.bean(AuditTrail.class);
        database.bean(IdentityRows.class);
        TlsConfigurationRegistry none = (TlsConfigurationRegistry) Proxy.newProxyInstance(
                TlsConfigurationRegistry.class.getClassLoader(),
                new Class<?>[] {TlsConfigurationRegistry.class},
                (proxy, method, values) -> Optional.empty());
        database.with(
                none,
                new TlsProfiles(),
                defaults.getConfigMapping(IngestConfiguration.class),
                defaults.getConfigMapping(DicomwebConfiguration.class));
        database.bean(Sources.class);
        database.bean(RetrievalRecord.class);
        record = database.bean(WorkitemRecord.class);
        studies = database.bean(InputStudy.class);
        sources = database.bean(InputSource.class);
    }

    @Override
    public void close() throws Exception {
        database.close();
    }

    void empty() throws Exception {
        database.execute(
                "delete from workitem; delete from workitem_service; delete from retrieval;"
                        + " delete from study_patient; delete from identity_statement; delete from study_identity;"
                        + " delete from delivery; delete from output; delete from finding; delete from instance; delete from study");
    }

    private static SmallRyeConfig settings(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(IngestConfiguration.class)
                .withMapping(DicomwebConfiguration.class)
                .withMapping(DeliverConfiguration.class)
                .withMapping(WorkitemConfiguration.class);
        settings.forEach(builder::withDefaultValue);
        return builder.build();
    }

    /** @param more names of settings, each before its value */
    TaskPerformer performer(UpsService service, Optional<CancelRequests> cancelRequests, String... more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "rigatino.deliver.destinations.pacs.url", PACS,
                "rigatino.deliver.destinations.old.host", "127.0.0.1",
                "rigatino.deliver.destinations.old.ae-title", "OLD",
                "rigatino.deliver.retry.first", "PT0.001S",
                "rigatino.deliver.retry.longest", "PT0.001S",
                "rigatino.deliver.retry.rejections", "3",
                "rigatino.workitem.services.ris.url", service.root().toString(),
                "rigatino.workitem.services.ris.every", "PT0.001S",
                "rigatino.workitem.services.ris.response-timeout", Patience.STEP.toString(),
                "rigatino.workitem.services.ris.procedures", "RESTORE^99SITE"));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        SmallRyeConfig config = settings(all);
        WorkitemConfiguration.Service of =
                config.getConfigMapping(WorkitemConfiguration.class).services().get("ris");
        return new TaskPerformer(
                "ris",
                ServiceSettings.of("ris", of, Set.of("old")),
                new UpsRs(new DicomwebServices().service("ris", "ris", of.url(), of, of.tls())),
                record,
                studies,
                sources,
                config.getConfigMapping(DeliverConfiguration.class),
                cancelRequests,
                () -> new HashMap<>(
                        config.getConfigMapping(DeliverConfiguration.class).destinations()));
    }

    String row(String column) throws Exception {
        return String.join(",", database.query("select coalesce(" + column + "::text, '-') from workitem"));
    }

    void study(String state, String more) throws Exception {
        database.execute(
                "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at,"
                        + " ended_at, refusal_rule, failed_stage, failure_cause) overriding system value values (1, '"
                        + STUDY
                        + "', 1, '" + state + "', now(), now(), " + more + ");"
                        + " insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                        + " values (1, '" + IMAGE
                        + "', '1.2.840.10008.5.1.4.1.1.4', '2.25.3', '1.2.840.10008.1.2.1', 'MR',"
                        + " 'SCANNER', '1.dcm', repeat('a', 64), 1, now(), '"
                        + (state.equals("CONFIRMED") ? "RESTORED" : "PENDING") + "')");
    }

    void confirmed() throws Exception {
        study("CONFIRMED", "now(), null, null, null");
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) overriding system value select 1, id, 1,"
                + " 'm', '1', repeat('b', 64), repeat('c', 64), 1, 50, false, now() from instance");
        for (int id : List.of(1, 2, 3)) {
            database.execute("insert into output (id, finding_id, study_id, kind, sop_instance_uid, sop_class_uid,"
                    + " series_instance_uid, location, sha256, bytes, created_at) values (" + id
                    + ", 1, 1, 'SECONDARY_CAPTURE', '2.25.10" + id
                    + "', '1.2.840.10008.5.1.4.1.1.7', '2.25.9', '" + id + ".dcm', repeat('a', 64), 1, now())");
        }
        database.execute(
                "insert into delivery (id, output_id, study_id, destination, place, state, next_attempt_at) values"
                        + " (1, 1, 1, 'pacs', '" + PACS + "', 'CONFIRMED', now()), (2, 2, 1, 'pacs', '" + PACS
                        + "', 'CONFIRMED', now()), (3, 3, 1, 'pacs', '" + PACS + "', 'DECLINED', now()),"
                        + " (4, 1, 1, 'old', 'OLD at 127.0.0.1:104', 'DELIVERED', now())");
    }
}
