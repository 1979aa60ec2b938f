package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;

/** QIDO-RS of studies, from services that do what they like. */
class DicomwebSearchTest {
    private static final int[] TAGS = {Tag.StudyInstanceUID, Tag.AccessionNumber, Tag.PatientName, Tag.PatientID};
    private static final Pattern OFFSET = Pattern.compile("&offset=(\\d+)");

    /** An answer of the service: status and body. */
    private record Reply(int status, String body) {}

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Function<String, Reply> service;
    private String type = "application/dicom+json";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/dicom-web/studies", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        asked.add(query);
        Reply reply = service.apply(query);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private DicomwebNode node() {
        URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dicom-web");
        return new DicomwebNode("web", root, null, null, Patience.STEP, Patience.STEP);
    }

    private List<Dataset> search(String accessionNumber, int most) throws DicomException {
        List<Dataset> found = new ArrayList<>();
        Dataset keys =
                new Dataset().put(Tag.SpecificCharacterSet, "ISO_IR 192").putUtf8(Tag.AccessionNumber, accessionNumber);
        new DicomwebClient(node()).studies(keys, TAGS, most, found::add);
        return found;
    }

    private int count(String study) throws DicomException {
        return new DicomwebClient(node()).count(study);
    }

    /** As one does that lists all studies, whatever it is asked by. */
    @Test
    void theInstancesOfAnotherStudyAreNotCounted() throws Exception {
        String other =
                "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]},\"00201208\":{\"vr\":\"IS\",\"Value\":[4]}}";
        String meant = other.replace("1.2.3", "1.2.30").replace("[4]", "[300]");
        service = query -> new Reply(200, "[" + other + "," + meant + "]");
        assertThat(count("1.2.30")).isEqualTo(300);
        service = query -> new Reply(200, "[" + other + "]");
        assertThatThrownBy(() -> count("1.2.30"))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("answers with other studies than the one that it was asked for");
        service = query -> new Reply(200, "[" + meant + "," + meant.replace("[300]", "[10]") + "]");
        assertThat(count("1.2.30"))
                .as("listed twice, by an online and a long-term store")
                .isEqualTo(300);
        service = query -> new Reply(200, "[]");
        assertThat(count("1.2.30")).isZero();
    }

    private static int offset(String query) {
        return OFFSET.matcher(query)
                .results()
                .findFirst()
                .map(at -> Integer.parseInt(at.group(1)))
                .orElse(0);
    }

    private static String study(int number, String more) {
        return """
            {"0020000D": {"vr": "UI", "Value": ["2.25.%d"]}%s}""".formatted(number, more);
    }

    @Test
    void valuesAreThoseThatTheirBytesWouldHave() throws DicomException {
        service = query -> offset(query) > 0
                ? new Reply(204, "")
                : new Reply(
                        200,
                        "["
                                + study(
                                        1,
                                        """
                    , "00080050": {"vr": "SH", "Value": ["Ä 7&1"]},
                    "00100010": {"vr": "PN", "Value": [{"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎"}]},
                    "00100020": {"vr": "LO", "Value": [null]}, "00081111": {"vr": "XX", "Value": 7}""")
                                + "]");

        Dataset found = search("Ä 7&1", 10).get(0);

        assertThat(asked.get(0))
                .startsWith("fuzzymatching=false&includefield=0020000D&00080050=%C3%84%207%261&includefield=00100010");
        assertThat(found.string(Tag.StudyInstanceUID)).contains("2.25.1");
        assertThat(found.string(Tag.AccessionNumber)).contains("Ä 7&1");
        assertThat(found.string(Tag.PatientName)).contains("Yamada^Tarou=山田^太郎");
        assertThat(found.isEmpty(Tag.PatientID)).isTrue();
    }

    @Test
    void everyPageIsAskedForUntilOneSaysNothingNew() throws DicomException {
        service = query -> new Reply(
                200,
                IntStream.range(offset(query), Math.min(offset(query) + 70, 150))
                        .mapToObj(number -> study(number + 1, ""))
                        .collect(Collectors.joining(",", "[", "]")));
        assertThat(search("A", 1000)).hasSize(150);
        assertThat(asked).hasSize(4);
    }

    @Test
    void aServiceThatKnowsNoPagesIsAskedTwice() throws DicomException {
        service = query -> new Reply(200, "[" + study(1, "") + "," + study(2, "") + "]");
        assertThat(search("A", 1000)).hasSize(2);
        assertThat(asked).hasSize(2);
    }

    /** It heeds the limit and no offset: there may be more. */
    @Test
    void aServiceThatRepeatsItsFirstPageIsNotTakenToHaveNoMore() {
        service = query -> new Reply(200, page(1, 100));
        assertThatThrownBy(() -> search("A", 1000))
                .hasMessageContaining("nobody can tell whether it answered with all");
    }

    /** Its order changed between two pages: as many are missing as came twice. */
    @Test
    void pagesThatOverlapAreNotTakenForAll() {
        service = query -> new Reply(200, offset(query) == 0 ? page(1, 100) : page(90, 150));
        assertThatThrownBy(() -> search("A", 1000))
                .hasMessageContaining("nobody can tell whether it answered with all");
    }

    private static String page(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> study(number, ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void whoAnswersWithoutEndIsNotListenedToForEver() {
        service = query -> new Reply(200, "[" + study(offset(query) + 1, "") + "]");
        assertThatThrownBy(() -> search("A", 5)).hasMessageContaining("more than 5 studies: ask for fewer");
    }

    /** None of these says that there is no such study. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "7",
                "[7]",
                "[{\"00100020\": 7}]",
                "[{\"00100020\": {\"Value\": \"7\"}}]",
                "[{\"00100020\": {\"Value\": [[\"DOE\"]]}}]",
                "[{\"00100010\": {\"Value\": [{\"Alphabetic\": 7}]}}]",
                "[{\"00100020\": {\"BulkDataURI\": \"/b\"}}]",
                "[{\"00100020\": {}, \"00100020\": {}}]",
                "<html>DOE^JANE</html>",
                "[] []",
                "[{\"00100020\": {\"Value\": [1.5]}}]"
            })
    void whatCannotBeReadIsNotTakenForNothing(String body) {
        service = query -> new Reply(200, body);
        assertThatThrownBy(() -> search("A", 10))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("DICOMweb source web")
                .hasMessageNotContaining("DOE");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 404, 500, 503})
    void anotherStatusIsSaid(int status) {
        service = query -> new Reply(status, "");
        assertThatThrownBy(() -> search("A", 10)).hasMessageContaining("it answered " + status);
    }

    @Test
    void aLongerBodyIsNotRead() {
        service = query -> new Reply(200, "[" + " ".repeat(1 << 20) + "]");
        assertThatThrownBy(() -> search("A", 10)).hasMessageContaining("more than 1048576 bytes");
    }

    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED =
            HEAD + "Content-Type: multipart/related; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** Each byte comes in time, and the last never. */
    @ParameterizedTest
    @CsvSource({"head, a: b", "length of a chunk, 0"})
    void anAnswerThatTricklesIsLeft(String what, String bytes) throws Exception {
        boolean head = what.equals("head");
        try (ServerSocket trickling = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(
                    () -> trickle(trickling, head ? HEAD : CHUNKED, head ? bytes + "\r\n" : bytes), "trickling");
            thread.setDaemon(true);
            thread.start();
            URI root = URI.create("http://127.0.0.1:" + trickling.getLocalPort() + "/dicom-web");
            DicomwebNode node = new DicomwebNode("web", root, null, null, Patience.STEP, Patience.STEP);
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThatThrownBy(
                            () -> new DicomwebClient(node).retrieve("1.2.3", 10, Duration.ofSeconds(2), part -> {}))
                    .isInstanceOfSatisfying(LimitPassedException.class, passed -> assertThat(passed.limit())
                            .isEqualTo(LimitPassedException.Limit.TIME)));
        }
    }

    private static void trickle(ServerSocket server, String first, String then) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write(first.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(then.getBytes(StandardCharsets.US_ASCII));
                LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @Test
    void aBodyThatFallsSilentIsLeft() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> trickle(silent, CHUNKED + "5\r\nabc", ""), "silent");
            thread.setDaemon(true);
            thread.start();
            URI root = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/dicom-web");
            DicomwebNode node = new DicomwebNode("web", root, null, null, Patience.STEP, Duration.ofSeconds(1));
            assertThatThrownBy(() -> new DicomwebClient(node).retrieve("1.2.3", 10, Patience.STEP, part -> {}))
                    .hasMessageContaining("it was silent for too long");
        }
    }

    @Test
    void moreInstancesThanAreLetAreTooMany() {
        String part = "--b\r\nContent-Type: application/dicom\r\n\r\nx\r\n";
        service = query -> new Reply(200, part + part + part + "--b--");
        type = "multipart/related; type=\"application/dicom\"; boundary=b";
        assertThatThrownBy(() -> new DicomwebClient(node()).retrieve("1.2.3", 2, Patience.STEP, one -> {}))
                .isInstanceOfSatisfying(LimitPassedException.class, passed -> assertThat(passed.limit())
                        .isEqualTo(LimitPassedException.Limit.INSTANCES))
                .hasMessageContaining("DICOMweb source web");
    }
}
