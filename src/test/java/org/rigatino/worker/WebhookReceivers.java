package org.rigatino.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.rigatino.dicom.Tool;

/** A worker that tells three webhooks: two of a server that the test starts, and one where nobody listens. */
public final class WebhookReceivers extends RunningWorker {
    static final byte[] KEY = "a key of 32 bytes, for this test".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        String base = "http://127.0.0.1:" + freePort();
        add(settings, "triage", base + "/triage");
        settings.put("rigatino.webhooks.triage.retry-first", "PT0.2S");
        add(settings, "strict", base + "/strict");
        settings.put("rigatino.webhooks.strict.retry-first", "PT0.2S");
        settings.put("rigatino.webhooks.strict.give-up-after", "PT1S");
        add(settings, "absent", "http://127.0.0.1:" + freePort());
        return settings;
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
