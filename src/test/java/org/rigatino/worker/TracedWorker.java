package org.rigatino.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.rigatino.dicom.Tool;

/** A worker that sends its traces, by OTLP over HTTP, to a collector that the test starts. */
public final class TracedWorker extends RunningWorker {
    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("quarkus.otel.sdk.disabled", "false");
        settings.put("quarkus.otel.bsp.schedule.delay", "PT0.2S");
        settings.put("quarkus.otel.exporter.otlp.traces.protocol", "http/protobuf");
        settings.put(TraceCollector.ENDPOINT, "http://127.0.0.1:" + freePort());
        return settings;
    }

    private static int freePort() {
        try {
            return Tool.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
