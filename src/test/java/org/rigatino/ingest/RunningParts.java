package org.rigatino.ingest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.audit.syslog.ReportedTo;
import org.rigatino.dicom.Tool;
import org.rigatino.embedded.EmbeddedKafka;
import org.rigatino.embedded.EmbeddedParts;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.StartedParts;

/**
 * A real broker and database, and a listener on a free port with an instance store of its own, which tells a syslog receiver and
 * keeps instances a month, outputs two.
 */
public final class RunningParts implements QuarkusTestResourceLifecycleManager {
    private EmbeddedParts parts;

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("rigatino-ingest");
            MigratedCluster.copyTo(data.resolve("postgres"));
            parts = StartedParts.under(data, EmbeddedKafka.TOPICS);
            Map<String, String> settings = new HashMap<>(parts.settings());
            settings.put("rigatino.roles", "listener");
            settings.put("rigatino.ingest.port", "0");
            settings.put("rigatino.ingest.store", data.resolve("instances").toString());
            settings.put("rigatino.ingest.quiet-period", "2s");
            settings.put("rigatino.ingest.quiet-periods.SLOW", "6s");
            String orthanc = "http://127.0.0.1:" + Tool.freePort() + "/dicom-web";
            settings.put("rigatino.ingest.sources.orthanc.url", orthanc);
            settings.put("rigatino.ingest.sources.hostile.url", "http://127.0.0.1:" + Tool.freePort() + "/dicom-web");
            settings.put("rigatino.ingest.sources.hostile.idle-timeout", "2s");
            settings.put("rigatino.ingest.quiet-periods.ANNOUNCED", "60s");
            settings.put("rigatino.ingest.quiet-periods.COUNTED", "60s");
            settings.put("rigatino.ingest.quiet-periods.WEBCOUNTED", "60s");
            settings.put("rigatino.ingest.quiet-periods.\"WADO-RS orthanc\"", "60s");
            settings.put("rigatino.ingest.quiet-periods.DEADCOUNTED", "3s");
            settings.put("rigatino.ingest.expected-counts.WEBCOUNTED.source", "orthanc");
            for (String sender : List.of("COUNTED", "DEADCOUNTED")) {
                String prefix = "rigatino.ingest.expected-counts." + sender;
                settings.put(prefix + ".host", "127.0.0.1");
                settings.put(prefix + ".port", Integer.toString(Tool.freePort()));
                settings.put(prefix + ".ae-title", "ORTHANC");
            }
            settings.put("rigatino.dicomweb.retrieval.first", "PT0.2S");
            settings.put("rigatino.dicomweb.retrieval.attempts", "3");
            settings.put("rigatino.retention.instances", "P30D");
            settings.put("rigatino.retention.outputs", "P60D");
            settings.put("rigatino.deliver.outputs", data.resolve("outputs").toString());
            settings.putAll(ReportedTo.start());
            settings.put("quarkus.http.test-port", "0");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            parts.close();
            ReportedTo.stop();
        } catch (Exception e) {
            throw new IllegalStateException("embedded parts do not stop", e);
        }
    }
}
