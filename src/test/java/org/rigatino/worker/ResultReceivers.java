package org.rigatino.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.rigatino.dicom.Tool;
import org.rigatino.embedded.EmbeddedParts;

/**
 * A worker that tells three webhooks, two of a server that the test starts and one where nobody listens, and two HL7
 * receivers that the test starts.
 */
public final class ResultReceivers extends RunningWorker {
    static final byte[] KEY = "a key of 32 bytes, for this test".getBytes(StandardCharsets.US_ASCII);

    /** A study that has come to its end, and whose end is announced in the first second of the process. */
    static final String ENDED_BEFORE = "2.25.4711";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        addEndedStudy(settings);
        // Each step on the way to them is woken by the one before, or taken late.
        settings.put("rigatino.look-every", "PT10S");
        String base = "http://127.0.0.1:" + freePort();
        add(settings, "triage", base + "/triage");
        settings.put("rigatino.webhooks.triage.retry-first", "PT0.2S");
        settings.put("rigatino.webhooks.triage.retry-longest", "PT0.5S");
        add(settings, "strict", base + "/strict");
        settings.put("rigatino.webhooks.strict.retry-first", "PT0.2S");
        settings.put("rigatino.webhooks.strict.give-up-after", "PT1S");
        add(settings, "absent", "http://127.0.0.1:" + freePort());
        settings.putAll(hl7("engine", freePort()));
        settings.put("rigatino.hl7.receivers.engine.outcomes", "restored,refused,failed");
        settings.put("rigatino.hl7.receivers.engine.receiving-facility", "HOSPITAL");
        settings.putAll(hl7("strict", freePort()));
        settings.put("rigatino.hl7.receivers.strict.rejections", "2");
        return settings;
    }

    private static void addEndedStudy(Map<String, String> settings) {
        try (Connection owner = DriverManager.getConnection(
                        settings.get(EmbeddedParts.DATABASE_URL),
                        settings.get("quarkus.flyway.username"),
                        settings.get("quarkus.flyway.password"));
                Statement statement = owner.createStatement()) {
            statement.execute("insert into study (study_instance_uid, revision, state, first_received_at,"
                    + " last_received_at, refusal_rule, ended_at) values ('" + ENDED_BEFORE
                    + "', 1, 'REFUSED', now(), now(), 'modality', now())");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> hl7(String name, int port) {
        String prefix = "rigatino.hl7.receivers." + name + ".";
        return Map.of(
                prefix + "host", "127.0.0.1",
                prefix + "port", Integer.toString(port),
                prefix + "retry-first", "PT0.2S",
                prefix + "retry-longest", "PT0.5S");
    }

    private static void add(Map<String, String> settings, String name, String url) {
        settings.put("rigatino.webhooks." + name + ".url", url);
        settings.put(
                "rigatino.webhooks." + name + ".secret",
                "whsec_" + Base64.getEncoder().encodeToString(KEY));
    }

    private static int freePort() {
        try {
            return Tool.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
