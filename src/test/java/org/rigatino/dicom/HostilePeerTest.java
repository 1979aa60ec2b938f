package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that fall silent, stop reading, announce absurd lengths or report where they were asked. */
@Timeout(60)
class HostilePeerTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir
    Path folder;

    @Test
    void a_peer_that_never_accepts_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> VerificationScu.echo(impatient(silent.getLocalPort())))
                    .isInstanceOf(AssociationException.class);
        }
    }

    /** TCP alone would let the write wait for ever. */
    @Test
    void a_peer_that_stops_reading_is_given_up() throws Exception {
        Path large = largeFile();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> accepted = acceptAndReadNoMore(server);
            try (StorageScu scu = StorageScu.open(impatient(server.getLocalPort()), List.of(large))) {
                assertThatThrownBy(() -> scu.store(large))
                        .isInstanceOf(AssociationException.class)
                        .hasMessageContaining("reads nothing");
            }
            accepted.get().close();
        }
    }

    private Path largeFile() throws IOException {
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .put(Tag.SOPInstanceUID, "1.2.3")
                .putPixels(new byte[64 << 20]);
        return Files.write(
                folder.resolve("large.dcm"), dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    private static CompletableFuture<Socket> acceptAndReadNoMore(ServerSocket server) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = server.accept();
                accept(socket);
                return socket;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Association accept(Socket socket) throws IOException {
        ListenerRules rules = Listening.rules(Set.of(), 1, Duration.ofSeconds(20));
        return new AssociationAcceptor(rules)
                .accept(socket, () -> true)
                .orElseThrow()
                .association();
    }

    @Test
    void an_idle_association_is_aborted_and_its_place_freed() throws Exception {
        try (Listening listening = new Listening(folder, Listening.rules(Set.of(), 1, SHORT));
                Association idle = Association.request(
                        listening.node(), List.of(PresentationContext.plain(1, SopClass.VERIFICATION)), List.of())) {
            await().until(() -> listening.listener().associations() == 1);
            await().until(() -> listening.listener().associations() == 0);
            assertThat(idle.readPdu()).map(Pdu::type).contains(Pdu.ABORT);
        }
    }

    @Test
    void an_absurd_length_ends_the_connection_before_anything_is_allocated() throws Exception {
        try (Listening listening = new Listening(folder);
                Socket socket = new Socket("127.0.0.1", listening.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(new byte[] {1, 0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff});
            out.flush();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            VerificationScu.echo(listening.node());
        }
    }

    @Test
    void a_sender_lost_within_a_dataset_is_not_answered_and_leaves_the_listener_well() throws Exception {
        try (Listening listening = new Listening(folder)) {
            String storage = SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE;
            Association association =
                    Association.request(listening.node(), List.of(PresentationContext.plain(1, storage)), List.of());
            PresentationContext context = association.require(storage);
            association.send(
                    context,
                    association
                            .request(CommandSet.C_STORE_RQ, true)
                            .put(CommandSet.AFFECTED_SOP_CLASS_UID, storage)
                            .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, "1.2.3"));
            association.close();
            await().until(() -> listening.listener().associations() == 0);
            assertThat(listening.received).isEmpty();
            VerificationScu.echo(listening.node());
        }
    }

    /** PS3.4 J.3.3: the report may come on the association of the request, before or after its response. */
    @Test
    void a_commitment_report_on_the_same_association_is_taken_before_and_after_the_response() throws Exception {
        for (boolean before : new boolean[] {true, false}) {
            try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                CompletableFuture<Integer> archive = CompletableFuture.supplyAsync(() -> commit(server, before));
                SopReference stored = new SopReference(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "1.2.3");
                Optional<StorageCommitmentResult> report = StorageCommitmentScu.request(
                        Listening.node(server.getLocalPort(), Listening.AE_TITLE),
                        "1.2.9",
                        List.of(stored),
                        Duration.ofSeconds(10));
                assertThat(report).map(StorageCommitmentResult::committed).contains(List.of(stored));
                assertThat(archive.get(10, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    /** An archive; returns the status that our side answered the report with. */
    private static int commit(ServerSocket server, boolean reportBeforeResponse) {
        try (Socket socket = server.accept();
                Association association = accept(socket)) {
            Association.Message action = association.receive().orElseThrow();
            byte[] request = association.dataset(action).readAllBytes();
            if (!reportBeforeResponse) {
                association.respond(action, 0);
            }
            association.send(
                    action.context(),
                    CommandSet.request(CommandSet.N_EVENT_REPORT_RQ, 7, true)
                            .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL)
                            .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE)
                            .put(CommandSet.EVENT_TYPE_ID, 1),
                    new ByteArrayInputStream(request));
            int status = association.receiveResponse().command().integer(CommandSet.STATUS);
            if (reportBeforeResponse) {
                association.respond(action, 0);
            }
            association.receive();
            return status;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RemoteNode impatient(int port) {
        return new RemoteNode("127.0.0.1", port, Listening.AE_TITLE, "SENDER", SHORT, SHORT);
    }
}
