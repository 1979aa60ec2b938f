package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.common.net.CidrAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;

/** Associations over TLS with DCMTK and OpenSSL at the other end, and addresses that are not served. */
class TlsAssociationIT {
    private static final String ADDRESS = "127.0.0.1";

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.make(keys);
        Tool.assumeInstalled("storescu", "echoscu", "storescp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--profile-bcp195-nd", "--profile-bcp195", "--profile-bcp195-ex"})
    void dcmtkSendsUnderEachOfItsProfiles(String profile) throws Exception {
        Path file = image();
        try (Listening listening = listening(true)) {
            List<String> command = new ArrayList<>(List.of("storescu", profile));
            command.addAll(tls("peer"));
            command.addAll(List.of("-aec", Listening.AE_TITLE, ADDRESS, "" + listening.port(), file.toString()));
            Tool.Result sent = Tool.run(command);
            assertThat(sent.exitCode()).as(sent.output()).isZero();
            assertThat(listening.received).hasSize(1);
        }
    }

    @Test
    void whoHasNoCertificateOfTheAuthorityIsRefusedWhereOneIsRequired() throws Exception {
        try (Listening mutual = listening(true);
                Listening oneSided = listening(false)) {
            assertThat(echo(mutual, tls("peer"))).isZero();
            assertThat(echo(mutual, tls("stranger"))).as("signed by itself").isNotZero();
            assertThat(echo(mutual, List.of("+tla", "+cf", certificates.certificate("ca"))))
                    .as("without a certificate")
                    .isNotZero();
            assertThat(echo(mutual, List.of())).as("plain TCP").isNotZero();
            assertThat(echo(oneSided, List.of("+tla", "+cf", certificates.certificate("ca"))))
                    .as("where none is required")
                    .isZero();
        }
    }

    @Test
    void versionsBeforeTls12AreRefused() throws Exception {
        try (Listening listening = listening(false)) {
            assertThat(handshake(listening, "-tls1_3")).isZero();
            assertThat(handshake(listening, "-tls1_2")).isZero();
            assertThat(handshake(listening, "-tls1_1")).isNotZero();
            assertThat(handshake(listening, "-tls1")).isNotZero();
            assertThat(handshake(listening, "-tls1_2", "-cipher", "AES128-SHA"))
                    .as("a suite without forward secrecy")
                    .isNotZero();
        }
    }

    @Test
    void ourSenderReachesDcmtkOverTls() throws Exception {
        Path file = image();
        Path received = Files.createDirectory(folder.resolve("received"));
        List<String> options = new ArrayList<>(tls("peer"));
        try (StoreScp scp = StoreScp.start(received, options.toArray(String[]::new));
                StorageScu scu = StorageScu.open(node(scp.port(), "rigatino", true), List.of(file))) {
            assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
        }
        try (var files = Files.list(received)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aSenderRefusesAStrangerAndACertificateOfAnotherHost() throws Exception {
        for (String name : List.of("stranger", "elsewhere")) {
            try (StoreScp scp = StoreScp.start(folder, tls(name).toArray(String[]::new))) {
                assertThatThrownBy(() -> VerificationScu.echo(node(scp.port(), "rigatino", true)))
                        .as(name)
                        .isInstanceOf(DicomException.class)
                        .hasMessageContaining("TLS handshake failed");
            }
        }
        try (StoreScp scp = StoreScp.start(folder, tls("elsewhere").toArray(String[]::new))) {
            VerificationScu.echo(node(scp.port(), "rigatino", false));
        }
    }

    @Test
    void aSenderNeverFallsBackToPlainTcp() throws Exception {
        try (StoreScp plain = StoreScp.start(folder)) {
            assertThatThrownBy(() -> VerificationScu.echo(node(plain.port(), "rigatino", true)))
                    .isInstanceOf(DicomException.class)
                    .hasMessageContaining("TLS handshake failed");
        }
    }

    @Test
    void aPeerThatNeverShakesHandsIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RemoteNode node = new RemoteNode(
                    ADDRESS,
                    silent.getLocalPort(),
                    "SILENT",
                    "SENDER",
                    Patience.STEP,
                    Duration.ofMillis(500),
                    Optional.of(profile("rigatino", false, true)));
            assertThatThrownBy(() -> VerificationScu.echo(node)).hasMessageContaining("it is not done within PT0.5S");
        }
    }

    @Test
    void renewedCertificatesAreTakenForTheNextAssociation() throws Exception {
        SSLContext[] current = {certificates.context("stranger")};
        TlsProfile profile = new TlsProfile(() -> current[0], false, false);
        try (Listening listening = new Listening(folder, over(profile))) {
            assertThatThrownBy(() -> VerificationScu.echo(node(listening.port(), "peer", true)))
                    .isInstanceOf(DicomException.class);
            current[0] = certificates.context("rigatino");
            VerificationScu.echo(node(listening.port(), "peer", true));
        }
    }

    @Test
    void anAddressThatIsNotServedIsRejectedPermanentlyWithoutReason() throws Exception {
        CidrAddress others = CidrAddress.create(InetAddress.getByName("192.0.2.0"), 24);
        CidrAddress loopback = CidrAddress.create(InetAddress.getByName("127.0.0.0"), 8);
        try (Listening listening = new Listening(folder, rules(Set.of(others)))) {
            assertThatThrownBy(() -> VerificationScu.echo(listening.node()))
                    .hasMessageContaining("permanent, no reason given");
            Tool.Result echo = Tool.run("echoscu", "-aec", Listening.AE_TITLE, ADDRESS, "" + listening.port());
            assertThat(echo.output())
                    .contains("Rejected Permanent")
                    .contains("Service User")
                    .contains("No Reason");
        }
        try (Listening listening = new Listening(folder, rules(Set.of(others, loopback)))) {
            VerificationScu.echo(listening.node());
        }
    }

    private Path image() throws IOException {
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, Uids.nameBased("instance", "tls"))
                .put(Tag.StudyInstanceUID, Uids.nameBased("study", "tls"))
                .put(Tag.SeriesInstanceUID, Uids.nameBased("series", "tls"));
        return Files.write(folder.resolve("a.dcm"), dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    private Listening listening(boolean mutual) throws Exception {
        return new Listening(folder, over(profile("rigatino", mutual, false)));
    }

    private static ListenerRules rules(Set<CidrAddress> served) {
        return new ListenerRules(
                InetAddress.getLoopbackAddress(), 0, Listening.AE_TITLE, Set.of(), served, 10, Patience.STEP);
    }

    private static ListenerRules over(TlsProfile profile) {
        return new ListenerRules(
                InetAddress.getLoopbackAddress(),
                0,
                Listening.AE_TITLE,
                Set.of(),
                Set.of(),
                10,
                Patience.STEP,
                10,
                Pdu.MAX_DATA_LENGTH,
                Optional.of(profile),
                Map.of());
    }

    private static TlsProfile profile(String name, boolean mutual, boolean checkHostName) throws Exception {
        SSLContext context = certificates.context(name);
        return new TlsProfile(() -> context, mutual, checkHostName);
    }

    private static RemoteNode node(int port, String name, boolean checkHostName) throws Exception {
        return new RemoteNode(
                ADDRESS,
                port,
                Listening.AE_TITLE,
                "SENDER",
                Patience.STEP,
                Patience.STEP,
                Optional.of(profile(name, false, checkHostName)));
    }

    private static List<String> tls(String name) {
        return List.of(
                "+tls", certificates.key(name), certificates.certificate(name), "+cf", certificates.certificate("ca"));
    }

    private static int echo(Listening listening, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("echoscu"));
        command.addAll(options);
        command.addAll(List.of("-to", "5", "-ta", "5", "-aec", Listening.AE_TITLE, ADDRESS, "" + listening.port()));
        return Tool.run(command).exitCode();
    }

    private static int handshake(Listening listening, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c"));
        command.add("echo Q | openssl s_client -cipher DEFAULT@SECLEVEL=0 -connect " + ADDRESS + ":" + listening.port()
                + " " + String.join(" ", options));
        return Tool.run(command).exitCode();
    }
}
