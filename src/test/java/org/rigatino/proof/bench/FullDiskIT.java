package org.rigatino.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.SmallDisk;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Uids;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.ServeProcess;

/** The packaged jar with all roles and its embedded parts, on one disk that is filled to its last byte and emptied. */
class FullDiskIT {
    private static final int MEGABYTES = 900;
    private static final Duration LONG = Patience.PROCESS;

    @TempDir
    Path folder;

    @Test
    void sendersAreToldA700HAndTheSameProcessTakesTheStudyOnceThereIsRoom() throws Exception {
        int[] ports = Ports.free(2);
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES);
                ServeProcess serve = ServeProcess.start(
                        BackPressureIT.java("-Xmx600m"),
                        folder.resolve("serve"),
                        ports[0],
                        ports[1],
                        settings(disk.folder()))) {
            assertThat(send(ports[0], "before")).isEqualTo(StoreStatus.SUCCESS);
            awaitRefusal(serve, "before");

            disk.fillBut(200);
            assertThat(send(ports[0], "full")).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
            assertThat(readiness(serve))
                    .as("room is kept for broker and database")
                    .doesNotContain("DOWN");

            disk.fill();
            assertThat(send(ports[0], "full")).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
            await().atMost(LONG).until(() -> {
                disk.fill();
                return readiness(serve).contains("has ended by itself");
            });
            assertThat(send(ports[0], "full")).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
            assertThat(serve.process().handle().isAlive()).isTrue();

            disk.empty();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(send(ports[0], "full")).isEqualTo(StoreStatus.SUCCESS));
            awaitRefusal(serve, "full");
            await().atMost(LONG).until(() -> !readiness(serve).contains("DOWN"));
            assertThat(serve.process().handle().isAlive()).isTrue();
        }
    }

    private static Map<String, String> settings(Path disk) {
        Map<String, String> settings = new HashMap<>(ServeProcess.deliverTo(104));
        settings.put("rigatino.embedded.data", disk.resolve("embedded").toString());
        settings.put("rigatino.ingest.store", disk.resolve("instances").toString());
        settings.put("rigatino.ingest.quiet-period", "1s");
        return settings;
    }

    private StoreStatus send(int port, String study) throws Exception {
        Path input = folder.resolve(study);
        new CtStudy(study).write(input, 1);
        return BackPressureIT.send(port, List.of(input.resolve("1.dcm"))).get(0);
    }

    /** The way through both topics: no release is for such an image. */
    private static void awaitRefusal(ServeProcess serve, String study) {
        String uid = Uids.nameBased("bench study", study);
        await().atMost(LONG).until(() -> serve.study(uid)
                .map(known -> known.path("state").asText().equals("REFUSED"))
                .orElse(false));
        await().atMost(LONG)
                .until(() ->
                        serve.metric("rigatino_studies_ended_total", "REFUSED") >= (study.equals("before") ? 1 : 2));
    }

    private static String readiness(ServeProcess serve) throws IOException, InterruptedException {
        URI ready = URI.create(serve.address() + "/q/health/ready");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
