package org.rigatino.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.Tool;
import org.rigatino.worker.TlsWorker;

/** One set of PEM files, {@code quarkus.tls.site}, for the DICOM listener and for HTTPS. */
@QuarkusTest
@WithTestResource(TlsWorker.class)
class TlsServeIT {
    private final Certificates certificates = TlsWorker.certificates();

    @Inject
    IngestService ingest;

    @TestHTTPResource(value = "/", tls = true)
    URL https;

    @Test
    void theListenerSpeaksTlsWithThoseThatHaveACertificateOfTheAuthority() throws Exception {
        Tool.assumeInstalled("echoscu");
        assertThat(echo("+tls", certificates.key("peer"), certificates.certificate("peer")))
                .isZero();
        assertThat(echo("+tls", certificates.key("stranger"), certificates.certificate("stranger")))
                .isNotZero();
        assertThat(echo("+tla")).isNotZero();
        assertThat(Tool.run("echoscu", "-to", "5", "-aec", "RIGATINO", "127.0.0.1", "" + ingest.port())
                        .exitCode())
                .isNotZero();
    }

    @Test
    void httpsTellsBrowsersToStayWithIt() {
        Response health = given().relaxedHTTPSValidation().get(https + "q/health/live");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.header("Strict-Transport-Security")).startsWith("max-age=");
    }

    private int echo(String... tls) throws Exception {
        List<String> command = new ArrayList<>(List.of("echoscu"));
        command.addAll(List.of(tls));
        command.addAll(List.of("+cf", certificates.certificate("ca"), "-to", "5", "-ta", "5"));
        command.addAll(List.of("-aec", "RIGATINO", "127.0.0.1", "" + ingest.port()));
        return Tool.run(command).exitCode();
    }
}
