package org.rigatino.worker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.dicom.Tool;
import org.rigatino.embedded.EmbeddedKafka;
import org.rigatino.embedded.EmbeddedParts;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.StartedParts;
import org.rigatino.proof.demo.Orthanc;

/** Everything that a process with all roles needs, real: broker, database, release; the test starts the archive. */
public class RunningWorker implements QuarkusTestResourceLifecycleManager {
    /** Version of the release in shadow, where this class itself is used: it joins slices and has a reader. */
    static final String SHADOW = "2";

    /** Rules that say nothing of any test's images. */
    static final String NO_RULE =
            "rules: [{name: nobody, when: {callingAeTitle: NOBODY}, urgency: LOW, destinations: {nowhere: all}}]";

    private EmbeddedParts parts;

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("rigatino-worker");
            writeRelease(data.resolve("models"));
            if (getClass() == RunningWorker.class) {
                TinyRelease.writeReader(data.resolve("models"));
            }
            MigratedCluster.copyTo(data.resolve("postgres"));
            parts = StartedParts.under(data, EmbeddedKafka.TOPICS);
            return settings(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected void writeRelease(Path models) throws IOException {
        TinyRelease.write(models);
    }

    protected List<String> destinations() {
        return List.of("pacs", "other");
    }

    private Map<String, String> settings(Path data) throws IOException {
        Map<String, String> settings = new HashMap<>(parts.settings());
        settings.put("rigatino.ingest.port", Integer.toString(Tool.freePort()));
        settings.put("rigatino.ingest.store", data.resolve("instances").toString());
        settings.put("rigatino.ingest.quiet-period", "1s");
        settings.put("rigatino.restore.models", data.resolve("models").toString());
        if (getClass() == RunningWorker.class) {
            settings.put("rigatino.restore.shadow", "tiny/" + SHADOW);
        }
        settings.put("rigatino.restore.device", "cpu");
        settings.put("rigatino.restore.batch", "2");
        settings.put("rigatino.monitor.every", "1s");
        settings.put("rigatino.monitor.drift.every", "1s");
        settings.put("rigatino.deliver.outputs", data.resolve("outputs").toString());
        settings.put("rigatino.deliver.retry.first", "PT0.2S");
        settings.put("rigatino.deliver.retry.longest", "PT1S");
        settings.put("rigatino.deliver.commitment.same-association", "PT1S");
        for (String destination : destinations()) {
            String prefix = "rigatino.deliver.destinations." + destination + ".";
            settings.put(prefix + "host", "127.0.0.1");
            settings.put(prefix + "port", Integer.toString(Tool.freePort()));
            settings.put(prefix + "ae-title", Orthanc.AE_TITLE);
        }
        if (destinations().contains("other")) {
            settings.put("rigatino.deliver.destinations.other.commitment", "query");
            settings.put("rigatino.deliver.destinations.other.response-timeout", "PT5M");
        }
        settings.put(
                "rigatino.rules.file",
                Files.writeString(data.resolve("rules.yaml"), NO_RULE).toString());
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        try {
            parts.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
