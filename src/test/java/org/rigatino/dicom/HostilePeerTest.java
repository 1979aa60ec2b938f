package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.rigatino.Patience.await;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;

/** Peers that fall silent, stop reading, announce absurd lengths or report where they were asked. */
@Timeout(Patience.SECONDS)
@Slow
class HostilePeerTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

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
        ListenerRules rules = Listening.rules(Set.of(), 1, Patience.STEP);
        return new AssociationAcceptor(rules, (archive, report) -> {}, AddedSenders.NONE)
                .accept(socket, () -> true)
                .orElseThrow()
                .association();
    }

    @Test
    void an_idle_association_is_aborted_and_its_place_freed() throws Exception {
        try (Listening listening = new Listening(folder, Listening.rules(Set.of(), 1, SHORT));
                Association idle = AssociationRequestor.request(
                        listening.node(), List.of(PresentationContext.plain(1, SopClass.VERIFICATION)), List.of())) {
            assertThat(idle.readPdu()).map(Pdu::type).contains(Pdu.ABORT);
            await().until(() -> listening.listener().associations() == 0);
        }
    }

    /** PS3.8 9.3.2.2: what an even id or one that is there twice names, nobody can know. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "254", "1,1", "1,3,1", "1,3,4", "255,255"})
    void presentation_context_ids_that_are_even_or_repeated_are_aborted_and_others_are_served(String ids)
            throws Exception {
        List<PresentationContext> proposals = Stream.of(ids.split(","))
                .map(id -> PresentationContext.plain(Integer.parseInt(id), SopClass.VERIFICATION))
                .toList();
        try (Listening listening = new Listening(folder);
                Socket socket = new Socket("127.0.0.1", listening.port())) {
            new Negotiation(Listening.AE_TITLE, "PEER", proposals, List.of())
                    .encode(Pdu.ASSOCIATE_RQ)
                    .write(socket.getOutputStream());
            byte[] answer = socket.getInputStream().readNBytes(10);
            assertThat(answer).containsExactly(Pdu.ABORT, 0, 0, 0, 0, 4, 0, 0, 2, 6);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            VerificationScu.echo(listening.node());
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
            Association association = AssociationRequestor.request(
                    listening.node(), List.of(PresentationContext.plain(1, storage)), List.of());
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
                        Patience.STEP,
                        () -> false);
                assertThat(report).map(StorageCommitmentResult::committed).contains(List.of(stored));
                assertThat(archive.get(Patience.SECONDS, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    /** The association stays open between two questions whether the report came elsewhere, and loses nothing. */
    @Test
    void a_commitment_report_that_takes_its_time_is_taken_on_the_same_association() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CountDownLatch asked = new CountDownLatch(3);
            CompletableFuture<Integer> archive = CompletableFuture.supplyAsync(() -> commit(server, false, asked));
            SopReference stored = new SopReference(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "1.2.3");
            Optional<StorageCommitmentResult> report = StorageCommitmentScu.request(
                    Listening.node(server.getLocalPort(), Listening.AE_TITLE),
                    "1.2.9",
                    List.of(stored),
                    Patience.STEP,
                    () -> {
                        asked.countDown();
                        return false;
                    });
            assertThat(report).map(StorageCommitmentResult::committed).contains(List.of(stored));
            assertThat(archive.get(Patience.SECONDS, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void a_commitment_report_that_came_elsewhere_ends_the_wait_for_it() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CountDownLatch never = new CountDownLatch(1);
            CompletableFuture.supplyAsync(() -> commit(server, false, never));
            AtomicInteger asked = new AtomicInteger();
            Optional<StorageCommitmentResult> report = assertTimeoutPreemptively(
                    Patience.STEP,
                    () -> StorageCommitmentScu.request(
                            Listening.node(server.getLocalPort(), Listening.AE_TITLE),
                            "1.2.9",
                            List.of(new SopReference(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "1.2.3")),
                            Duration.ofHours(1),
                            () -> asked.incrementAndGet() == 3));
            never.countDown();
            assertThat(report).isEmpty();
        }
    }

    /** PS3.4 J.3.3.1.2: what is no UID names no transaction, and goes into no log. */
    @Test
    void a_commitment_report_that_cannot_be_read_is_answered_so() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> archive = CompletableFuture.supplyAsync(() -> commit(server, true));
            Optional<StorageCommitmentResult> report = StorageCommitmentScu.request(
                    Listening.node(server.getLocalPort(), Listening.AE_TITLE),
                    "1.2\nERROR",
                    List.of(new SopReference(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "1.2.3")),
                    Patience.STEP,
                    () -> true);
            assertThat(report).isEmpty();
            assertThat(archive.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(0x0115);
        }
    }

    private static int commit(ServerSocket server, boolean reportBeforeResponse) {
        return commit(server, reportBeforeResponse, new CountDownLatch(0));
    }

    /** An archive; returns the status that our side answered the report with. */
    private static int commit(ServerSocket server, boolean reportBeforeResponse, CountDownLatch report) {
        try (Socket socket = server.accept();
                Association association = accept(socket)) {
            Association.Message action = association.receive().orElseThrow();
            byte[] request = association.dataset(action).readAllBytes();
            if (!reportBeforeResponse) {
                association.respond(action, 0);
            }
            report.await();
            CommandSet told = CommandSet.request(CommandSet.N_EVENT_REPORT_RQ, 7, true)
                    .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL)
                    .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE)
                    .put(CommandSet.EVENT_TYPE_ID, 1);
            association.send(action.context(), told, new ByteArrayInputStream(request));
            int status = association.receiveResponse(told).command().integer(CommandSet.STATUS);
            if (reportBeforeResponse) {
                association.respond(action, 0);
            }
            association.receive();
            return status;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_pdu_longer_than_announced_ends_its_association() throws Exception {
        try (Listening listening = new Listening(folder, rules(10, 10, 4096))) {
            byte[] echo = CommandSet.request(CommandSet.C_ECHO_RQ, 1, false)
                    .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.VERIFICATION)
                    .encode();
            assertThat(answerTo(listening, commandOf(4096, echo))).contains(Pdu.P_DATA_TF);
            assertThat(answerTo(listening, commandOf(4098, echo))).isEmpty();
            VerificationScu.echo(listening.node());
        }
    }

    /** A P-DATA-TF of the given length: a C-ECHO-RQ and an element that nobody knows. */
    private static Pdu commandOf(int length, byte[] echo) {
        ByteBuffer body = ByteBuffer.allocate(length);
        body.putInt(length - 4).put((byte) 1).put((byte) 3).put(echo);
        body.order(ByteOrder.LITTLE_ENDIAN).putInt(0x50000000).putInt(body.remaining() - 4);
        return new Pdu(Pdu.P_DATA_TF, body.array());
    }

    private static Optional<Integer> answerTo(Listening listening, Pdu pdu) throws IOException {
        try (Association association = verification(listening)) {
            association.write(pdu);
            return association.readPdu().map(Pdu::type);
        }
    }

    @Test
    void associations_in_total_are_limited_and_the_next_is_told_so() throws Exception {
        try (Listening listening = new Listening(folder, rules(2, 2, 16384));
                Association first = verification(listening);
                Association second = verification(listening)) {
            assertThatThrownBy(() -> VerificationScu.echo(listening.node()))
                    .isInstanceOf(AssociationRejectedException.class)
                    .hasMessageContaining("local limit exceeded");
            first.release();
            VerificationScu.echo(listening.node());
            second.release();
        }
    }

    /** Whose connection stays open, for as long as the listener lets it, has none of an association that is over. */
    @Test
    void the_place_of_an_association_is_free_before_its_peer_learns_of_the_end() throws Exception {
        try (Listening listening = new Listening(folder, rules(1, 1, 16384));
                Association released = verification(listening);
                Association aborted = nextAfter(released, Pdu.RELEASE_RQ, Pdu.RELEASE_RP, listening)) {
            nextAfter(aborted, Pdu.RELEASE_RP, Pdu.ABORT, listening).release();
        }
    }

    /** The next association, of a peer that has had this answer to its PDU in the one before and leaves its connection open. */
    private static Association nextAfter(Association before, int pdu, int answer, Listening listening)
            throws IOException {
        before.write(new Pdu(pdu, new byte[4]));
        assertThat(before.readPdu().map(Pdu::type)).contains(answer);
        return verification(listening);
    }

    @Test
    void associations_of_one_peer_are_limited_and_another_peer_is_served() throws Exception {
        try (Listening listening = new Listening(folder, rules(6, 2, 16384));
                Association first = verification(listening);
                Association second = verification(listening)) {
            assertThatThrownBy(() -> VerificationScu.echo(listening.node()))
                    .isInstanceOf(AssociationRejectedException.class)
                    .hasMessageContaining("local limit exceeded");
            assertThat(echoFrom("127.0.0.2", listening.port())).isEqualTo(Pdu.ASSOCIATE_AC);
        }
    }

    /** The first says nothing on a thousand connections, again and again; the second is answered all the while. */
    @Test
    void connections_by_the_thousand_from_one_peer_do_not_starve_another() throws Exception {
        try (Listening listening = new Listening(folder, rules(8, 4, 16384))) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger opened = new AtomicInteger();
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(listening.port(), over, opened));
            await().until(() -> opened.get() > 100);
            for (int i = 0; i < 50; i++) {
                assertThat(echoFrom("127.0.0.2", listening.port())).isEqualTo(Pdu.ASSOCIATE_AC);
            }
            await().until(() -> opened.get() > 1000);
            over.set(true);
            flood.join();
            await().untilAsserted(() -> VerificationScu.echo(listening.node()));
        }
    }

    private static void flood(int port, AtomicBoolean over, AtomicInteger opened) {
        ArrayDeque<Socket> held = new ArrayDeque<>();
        try {
            while (!over.get()) {
                held.add(new Socket("127.0.0.1", port));
                opened.incrementAndGet();
                if (held.size() > 200) {
                    held.remove().close();
                }
            }
            for (Socket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The type of PDU that answers an A-ASSOCIATE-RQ from another address of this machine. What is accepted is released, and the
     * listener's end awaited.
     */
    private static int echoFrom(String address, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0)) {
            socket.setSoTimeout((int) Patience.STEP.toMillis());
            List<PresentationContext> proposals = List.of(PresentationContext.plain(1, SopClass.VERIFICATION));
            new Negotiation(Listening.AE_TITLE, "OTHER", proposals, List.of())
                    .encode(Pdu.ASSOCIATE_RQ)
                    .write(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int answer = in.read();
            if (answer == Pdu.ASSOCIATE_AC) {
                Pdu.readAfterType(answer, in, 1 << 16);
                new Pdu(Pdu.RELEASE_RQ, new byte[4]).write(socket.getOutputStream());
                in.readAllBytes();
            }
            return answer;
        }
    }

    private static Association verification(Listening listening) throws IOException {
        return AssociationRequestor.request(
                listening.node(), List.of(PresentationContext.plain(1, SopClass.VERIFICATION)), List.of());
    }

    private static ListenerRules rules(int associations, int perPeer, int pduLength) {
        return new ListenerRules(
                InetAddress.getLoopbackAddress(),
                0,
                Listening.AE_TITLE,
                Set.of(),
                Set.of(),
                associations,
                Patience.STEP,
                perPeer,
                pduLength,
                Optional.empty(),
                Map.of());
    }

    private static RemoteNode impatient(int port) {
        return new RemoteNode("127.0.0.1", port, Listening.AE_TITLE, "SENDER", SHORT, SHORT);
    }
}
