package org.rigatino.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.ingest.IngestProbe;
import org.rigatino.ingest.InstanceFile;
import org.rigatino.ingest.RunningParts;

/** STOW-RS (PS3.18 10.5) with the real database and broker, by requests of our own and by Orthanc's DICOMweb plugin. */
@QuarkusTest
@Timeout(300)
@WithTestResource(RunningParts.class)
class StowIT {
    @Inject
    IngestProbe ingest;

    @TestHTTPResource("/dicom-web/studies")
    URI studies;

    @TempDir
    Path folder;

    @Test
    void whatIsAnsweredAsStoredIsOnRecordAndBecomesReadyLikeAnyOther() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "stow", "1", "a");
        InstanceFile second = InstanceFile.write(folder, "stow", "2", "a");
        HttpResponse<String> response = Multipart.post(studies, Multipart.TYPE, Multipart.body(first, second));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/dicom+json"));
        assertThat(uids(response, "00081199")).containsExactly(first.sopUid(), second.sopUid());
        assertThat(json(response).has("00081198")).isFalse();
        assertThat(ingest.count("instance where sop_instance_uid = ?", first.sopUid()))
                .isEqualTo(1);
        ingest.awaitState(first.studyUid(), 1, "READY");
        assertThat(ingest.text("select calling_ae_title from instance where sop_instance_uid = ?", first.sopUid()))
                .isEqualTo("STOW-RS");
    }

    /** One file each way: the same digest, so the second is known and no conflict. */
    @Test
    void theSameInstanceByBothDoorsIsOneInstance() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "both", "1", "a");
        assertThat(ingest.send("ANY", file)).containsExactly(StoreStatus.SUCCESS);
        assertThat(Multipart.post(studies, Multipart.TYPE, Multipart.body(file)).statusCode())
                .isEqualTo(200);
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isEqualTo(1);
        assertThat(ingest.count("study where study_instance_uid = ?", file.studyUid()))
                .isEqualTo(1);
    }

    @Test
    void otherBytesUnderAKnownUidAreStoredWithAWarning() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "stowconflict", "1", "a");
        InstanceFile other = InstanceFile.write(folder, "stowconflict", "1", "b");
        InstanceFile next = InstanceFile.write(folder, "stowconflict", "2", "a");
        Multipart.post(studies, Multipart.TYPE, Multipart.body(first));
        HttpResponse<String> response = Multipart.post(studies, Multipart.TYPE, Multipart.body(other, next));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).has("00081198")).isFalse();
        assertThat(uids(response, "00081199")).containsExactly(other.sopUid(), next.sopUid());
        assertThat(json(response).at("/00081199/Value/0/00081196/Value/0").asInt())
                .isEqualTo(0xB000);
        assertThat(json(response).at("/00081199/Value/1").has("00081196")).isFalse();
    }

    @Test
    void ownOutputsAreRecordedAndNotRestored() throws Exception {
        InstanceFile own = InstanceFile.write(folder, "stowown", "overlay", "a", "Rigatino");
        assertThat(Multipart.post(studies, Multipart.TYPE, Multipart.body(own)).statusCode())
                .isEqualTo(200);
        assertThat(ingest.text("select outcome from instance where sop_instance_uid = ?", own.sopUid()))
                .isEqualTo("OWN_OUTPUT");
    }

    @Test
    void anInstanceOfAnotherStudyThanThePathSaysIsNotStored() throws Exception {
        InstanceFile here = InstanceFile.write(folder, "here", "1", "a");
        InstanceFile elsewhere = InstanceFile.write(folder, "elsewhere", "1", "a");
        HttpResponse<String> response =
                Multipart.post(URI.create(studies + "/" + here.studyUid()), Multipart.TYPE, Multipart.body(elsewhere));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(reasons(response, "00081198")).containsExactly(0xA900);
        assertThat(ingest.count("instance where sop_instance_uid = ?", elsewhere.sopUid()))
                .isZero();
    }

    @Test
    void whatIsNoDicomFileIsAFailureOfItsOwn() throws Exception {
        HttpResponse<String> response =
                Multipart.post(studies, Multipart.TYPE, Multipart.body("no DICOM".getBytes(StandardCharsets.US_ASCII)));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(reasons(response, "0008119A")).containsExactly(0xC000);
    }

    @Test
    void aPartThatEndsWithinItsFileMetaInformationKeepsNoOtherFromBeingStored() throws Exception {
        InstanceFile before = InstanceFile.write(folder, "before", "1", "a");
        InstanceFile after = InstanceFile.write(folder, "after", "1", "b");
        byte[] cut = Arrays.copyOf(Files.readAllBytes(before.path()), 160);
        HttpResponse<String> response = Multipart.post(
                studies,
                Multipart.TYPE,
                Multipart.body(Files.readAllBytes(before.path()), cut, Files.readAllBytes(after.path())));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(reasons(response, "0008119A")).containsExactly(0xC000);
        assertThat(ingest.count("instance where sop_instance_uid = ?", after.sopUid()))
                .isEqualTo(1);
    }

    @Test
    void aBodyThatEndsEarlyStoresNoPartOfAnInstance() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "cut", "1", "a");
        byte[] whole = Multipart.body(file);
        HttpResponse<String> response = Multipart.post(
                studies, Multipart.TYPE, Arrays.copyOf(whole, whole.length - Multipart.BOUNDARY.length()));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isZero();
    }

    @Test
    void aSenderLostWithinAnInstanceLeavesNothing() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "lost", "1", "a");
        byte[] whole = Multipart.body(file);
        try (Socket socket = new Socket(studies.getHost(), studies.getPort())) {
            String head = "POST " + studies.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + Multipart.TYPE
                    + "\r\nContent-Length: " + whole.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(whole, 0, whole.length / 2);
            socket.getOutputStream().flush();
        }
        assertThat(Multipart.post(studies, Multipart.TYPE, whole).statusCode()).isEqualTo(200);
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isEqualTo(1);
    }

    @Test
    void otherTypesAreNotTaken() throws Exception {
        for (String type : List.of(
                "application/json",
                "multipart/related; type=\"application/dicom+json\"; boundary=x",
                "multipart/related; type=\"application/dicom\"")) {
            assertThat(Multipart.post(studies, type, "{}".getBytes(StandardCharsets.US_ASCII))
                            .statusCode())
                    .as(type)
                    .isEqualTo(415);
        }
    }

    /** As many clients do. */
    @Test
    void whoWritesAllOfALongBodyBeforeReadingIsToldWhatIsWrongWithIt() throws Exception {
        try (Socket socket = new Socket(studies.getHost(), studies.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/studies HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 80; i++) {
                out.write(new byte[100_000]);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413")
                    .contains("rigatino.web.max-body");
        }
    }

    @Test
    void aLongBodyForAnythingElseIsRefusedBeforeItIsRead() throws Exception {
        URI other = studies.resolve("/api/studies");
        HttpResponse<String> large = Multipart.post(other, "application/json", new byte[(1 << 20) + 1]);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(json(large).path("detail").asText()).contains("rigatino.web.max-body");
        try (Socket socket = new Socket(studies.getHost(), studies.getPort())) {
            String endless = "POST /api/studies HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n";
            socket.getOutputStream().write(endless.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 411")
                    .contains("application/problem+json", "\"status\":411");
        }
    }

    /** A client of HTTP/2 sends no Content-Length where there is no body. */
    @Test
    void aRequestWithoutABodyNeedsNoLength() throws Exception {
        URI replay = studies.resolve("/api/studies/1.2.3/replay");
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 2; i++) {
            HttpRequest request = HttpRequest.newBuilder(replay)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aDatabaseInTroubleIs503AndTheSameRequestLaterIsStored() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "stowdb", "1", "a");
        ingest.execute("alter table instance rename to instance_away");
        try {
            HttpResponse<String> response = Multipart.post(studies, Multipart.TYPE, Multipart.body(file));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(reasons(response, "00081198")).containsExactly(0xA700);
        } finally {
            ingest.execute("alter table instance_away rename to instance");
        }
        await().until(() ->
                Multipart.post(studies, Multipart.TYPE, Multipart.body(file)).statusCode() == 200);
    }

    /** The second half is sent once much of the first is on disk: more is still under way than sockets hold. */
    @Test
    void anInstanceIsWrittenAsItArrives() throws Exception {
        byte[] file =
                Files.readAllBytes(InstanceFile.write(folder, "large", "1", "a").path());
        byte[] head =
                Arrays.copyOf(Multipart.body(file), Multipart.body(file).length - Multipart.BOUNDARY.length() - 8);
        long pixels = 16L << 20;
        byte[] tag = {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0, 0, 0, (byte) (pixels >> 16), (byte) (pixels >> 24)};
        byte[] end = ("\r\n--" + Multipart.BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        InputStream body = new java.io.SequenceInputStream(java.util.Collections.enumeration(List.of(
                new java.io.ByteArrayInputStream(head),
                new java.io.ByteArrayInputStream(tag),
                new Zeros(pixels / 2),
                new Awaited(() -> ingest.largestUnderWay() > pixels / 4),
                new Zeros(pixels / 2),
                new java.io.ByteArrayInputStream(end))));
        HttpResponse<String> response =
                Multipart.post(studies, Multipart.TYPE, HttpRequest.BodyPublishers.ofInputStream(() -> body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Long.parseLong(ingest.text(
                        "select bytes from instance where sop_instance_uid = ?",
                        uids(response, "00081199").get(0))))
                .isGreaterThan(pixels);
    }

    @Test
    void orthancSendsAStudyByStow() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "orthanc", "1", "a");
        InstanceFile second = InstanceFile.write(folder, "orthanc", "2", "a");
        try (DicomwebOrthanc orthanc = DicomwebOrthanc.start(
                folder.resolve("orthanc"), studies.toString().replace("/studies", ""))) {
            orthanc.add(first.path());
            orthanc.add(second.path());
            orthanc.stow(first.studyUid());
        }
        assertThat(ingest.count(
                        "instance i join study s on s.id = i.study_id where s.study_instance_uid = ?",
                        first.studyUid()))
                .isEqualTo(2);
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    private static List<String> uids(HttpResponse<String> response, String sequence) throws Exception {
        return json(response).path(sequence).findValues("00081155").stream()
                .map(uid -> uid.path("Value").path(0).asText())
                .toList();
    }

    private static List<Integer> reasons(HttpResponse<String> response, String sequence) throws Exception {
        return json(response).path(sequence).findValues("00081197").stream()
                .map(reason -> reason.path("Value").path(0).asInt())
                .toList();
    }

    /** So many zeros, made when asked for. */
    /** Nothing, once that is so. */
    private static final class Awaited extends InputStream {
        private final Callable<Boolean> condition;

        Awaited(Callable<Boolean> condition) {
            this.condition = condition;
        }

        @Override
        public int read() {
            await().until(condition);
            return -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return read();
        }
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = (int) Math.min(left, length);
            Arrays.fill(bytes, offset, offset + count, (byte) 0);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
