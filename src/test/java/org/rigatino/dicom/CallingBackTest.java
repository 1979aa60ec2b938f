package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.common.net.CidrAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Patience;

/** Archives call back with storage commitment reports whether or not a list for senders names them. */
class CallingBackTest {
    private static final CidrAddress ELSEWHERE = network("192.0.2.0");
    private static final CidrAddress HERE = network("127.0.0.1");
    private static final List<PresentationContext> PROPOSALS = List.of(
            PresentationContext.plain(1, SopClass.STORAGE_COMMITMENT_PUSH_MODEL),
            PresentationContext.plain(3, SopClass.VERIFICATION),
            PresentationContext.plain(5, "1.2.840.10008.5.1.4.1.1.4"),
            PresentationContext.plain(7, SopClass.INSTANCE_AVAILABILITY_NOTIFICATION));

    private final List<String> reports = new ArrayList<>();

    /** Awaits reports of one archive. */
    private record Awaiting(String archive, String host, List<String> reports) implements CommitmentHandler {
        @Override
        public void report(String callingAeTitle, StorageCommitmentResult result) {
            reports.add(callingAeTitle + " " + result.transactionUid());
        }

        @Override
        public List<String> hosts(String callingAeTitle) {
            return callingAeTitle.equals(archive) ? List.of(host) : List.of();
        }

        @Override
        public boolean isRequestor(String calledAeTitle) {
            return calledAeTitle.equals("OVERLAYS");
        }
    }

    private DicomListener listener(Set<String> callers, Set<CidrAddress> addresses, String host) throws IOException {
        return listener(callers, addresses, new Awaiting("ARCHIVE", host, reports), AddedSenders.NONE);
    }

    private static DicomListener listener(
            Set<String> callers, Set<CidrAddress> addresses, CommitmentHandler commitments, AddedSenders added)
            throws IOException {
        return DicomListener.start(
                new ListenerRules(
                        InetAddress.getLoopbackAddress(), 0, Listening.AE_TITLE, callers, addresses, 10, Patience.STEP),
                (request, dataset) -> StoreStatus.SUCCESS,
                commitments,
                (caller, told) -> {},
                (operation, caller, uid, step) -> OperationStatus.SUCCESS,
                added);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "true,true"})
    void anArchiveThatNoListNamesReportsAndDoesNothingElse(boolean titles, boolean networks) throws Exception {
        try (DicomListener listener = listener(
                        titles ? Set.of("SCANNER") : Set.of(), networks ? Set.of(ELSEWHERE) : Set.of(), "localhost");
                Association association = open(listener, "ARCHIVE")) {
            assertThat(taken(association))
                    .containsExactly(SopClass.STORAGE_COMMITMENT_PUSH_MODEL, SopClass.VERIFICATION);
            report(association, "1.2.9");
            association.release();
            assertThat(reports).containsExactly("ARCHIVE 1.2.9");
        }
    }

    @Test
    void anArchiveThatIsASenderTooDoesBoth() throws Exception {
        try (DicomListener listener = listener(Set.of("ARCHIVE"), Set.of(HERE), "localhost");
                Association association = open(listener, "ARCHIVE")) {
            assertThat(taken(association)).hasSize(PROPOSALS.size());
        }
    }

    /** Who asks for reports under a title of its own is called back by it, and by nobody else nor for anything else. */
    @Test
    void theTitleThatReportsAreAskedForUnderIsAnsweredToForTheseAlone() throws Exception {
        try (DicomListener listener = listener(Set.of("ARCHIVE", "SCANNER"), Set.of(HERE), "localhost");
                Association association = called(listener, "OVERLAYS", "ARCHIVE")) {
            assertThat(taken(association))
                    .containsExactly(SopClass.STORAGE_COMMITMENT_PUSH_MODEL, SopClass.VERIFICATION);
            report(association, "1.2.9");
            assertThat(reports).containsExactly("ARCHIVE 1.2.9");
            assertThat(logged(() -> rejected(listener, "OVERLAYS", "SCANNER", "called AE title")))
                    .singleElement()
                    .asString()
                    .doesNotContain("rigatino.deliver");
            assertThat(logged(() -> rejected(listener, "ANOTHER", "ARCHIVE", "called AE title")))
                    .as("asked by a process that has another title")
                    .singleElement()
                    .asString()
                    .contains("rigatino.deliver.ae-title");
        }
    }

    private static List<String> logged(Runnable act) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(String.format(line.getMessage(), line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(DicomListener.class.getName());
        logger.addHandler(handler);
        try {
            act.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }

    /** To a list that is there one more is added, and to no other. */
    @Test
    void whoWasAddedIsServedBesideTheListsThatAreThere() throws Exception {
        AddedSenders added = new AddedSenders() {
            @Override
            public boolean hasTitle(String callingAeTitle) {
                return callingAeTitle.equals("PRINTER");
            }

            @Override
            public boolean hasAddress(InetAddress peer) {
                return peer.isLoopbackAddress();
            }
        };
        try (DicomListener listener = adding(Set.of("SCANNER"), Set.of(ELSEWHERE), added);
                Association association = open(listener, "PRINTER")) {
            assertThat(taken(association)).hasSize(PROPOSALS.size());
            rejected(listener, "STRANGER", "calling AE title");
        }
        try (DicomListener listener = adding(Set.of("SCANNER"), Set.of(ELSEWHERE), AddedSenders.NONE)) {
            rejected(listener, "SCANNER", "no reason given");
        }
        try (DicomListener listener = adding(Set.of(), Set.of(), added);
                Association association = open(listener, "STRANGER")) {
            assertThat(taken(association)).hasSize(PROPOSALS.size());
        }
    }

    private static DicomListener adding(Set<String> callers, Set<CidrAddress> addresses, AddedSenders added)
            throws IOException {
        return listener(callers, addresses, (archive, report) -> {}, added);
    }

    @Test
    void whoIsNoArchiveIsRejected() throws Exception {
        try (DicomListener listener = listener(Set.of("SCANNER"), Set.of(), "localhost")) {
            rejected(listener, "PRINTER", "calling AE title");
        }
    }

    @Test
    void anArchivesTitleFromAnAddressThatIsNotItsOwnIsRejected() throws Exception {
        try (DicomListener listener = listener(Set.of(), Set.of(ELSEWHERE), "192.0.2.7")) {
            rejected(listener, "ARCHIVE", "no reason given");
        }
    }

    @Test
    void anArchiveWhoseHostIsNotKnownIsRejected() throws Exception {
        try (DicomListener listener = listener(Set.of(), Set.of(ELSEWHERE), "no-such-host.invalid")) {
            rejected(listener, "ARCHIVE", "no reason given");
        }
    }

    /** A source may send, and is known as one that may send what it was asked for alone. */
    @Test
    void aSourceThatNoListNamesSendsOnRequestAndAListedOneAnything() throws Exception {
        List<StoreRequest> requests = new ArrayList<>();
        for (Set<String> listed : List.of(Set.of("SCANNER"), Set.of("SCANNER", "OLDPACS"))) {
            try (DicomListener listener = sources(listed, Set.of(), "localhost", requests);
                    StorageScu scu =
                            StorageScu.open(node(listener, "OLDPACS"), List.of(Samples.file("single/MR_small.dcm")))) {
                assertThat(scu.store(Samples.file("single/MR_small.dcm"))).isEqualTo(StoreStatus.SUCCESS);
            }
        }
        assertThat(requests).extracting(StoreRequest::onRequest).containsExactly(true, false);
    }

    /** What it announces would end the wait for studies of others. */
    @Test
    void aSourceThatNoListNamesAnnouncesNothing() throws Exception {
        try (DicomListener listener = sources(Set.of("SCANNER"), Set.of(), "localhost", new ArrayList<>());
                Association association = open(listener, "OLDPACS")) {
            assertThat(taken(association))
                    .doesNotContain(SopClass.INSTANCE_AVAILABILITY_NOTIFICATION)
                    .contains("1.2.840.10008.5.1.4.1.1.4", SopClass.VERIFICATION);
        }
    }

    @Test
    void aSourceOpensTheListenerToNobodyElse() throws Exception {
        try (DicomListener listener = sources(Set.of("SCANNER"), Set.of(), "localhost", new ArrayList<>())) {
            rejected(listener, "PRINTER", "calling AE title");
        }
        try (DicomListener listener = sources(Set.of("SCANNER"), Set.of(), "192.0.2.7", new ArrayList<>())) {
            rejected(listener, "OLDPACS", "calling AE title");
        }
        try (DicomListener listener = sources(Set.of(), Set.of(ELSEWHERE), "192.0.2.7", new ArrayList<>())) {
            rejected(listener, "OLDPACS", "no reason given");
        }
    }

    private static DicomListener sources(
            Set<String> callers, Set<CidrAddress> addresses, String host, List<StoreRequest> requests)
            throws IOException {
        ListenerRules rules = new ListenerRules(
                InetAddress.getLoopbackAddress(),
                0,
                Listening.AE_TITLE,
                callers,
                addresses,
                10,
                Patience.STEP,
                10,
                Pdu.MAX_DATA_LENGTH,
                Optional.empty(),
                Map.of("OLDPACS", Set.of(host)));
        return DicomListener.start(
                rules,
                (request, dataset) -> {
                    requests.add(request);
                    return StoreStatus.SUCCESS;
                },
                (archive, report) -> {},
                (caller, told) -> {},
                (operation, caller, uid, step) -> OperationStatus.SUCCESS);
    }

    private static void rejected(DicomListener listener, String caller, String reason) {
        rejected(listener, Listening.AE_TITLE, caller, reason);
    }

    private static void rejected(DicomListener listener, String called, String caller, String reason) {
        assertThatThrownBy(() -> called(listener, called, caller))
                .isInstanceOf(AssociationRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static Association open(DicomListener listener, String caller) throws IOException {
        return called(listener, Listening.AE_TITLE, caller);
    }

    private static Association called(DicomListener listener, String title, String caller) throws IOException {
        return AssociationRequestor.request(
                new RemoteNode("127.0.0.1", listener.port(), title, caller, Patience.STEP, Patience.STEP),
                PROPOSALS,
                List.of(new RoleSelection(SopClass.STORAGE_COMMITMENT_PUSH_MODEL, false, true)));
    }

    private static RemoteNode node(DicomListener listener, String caller) {
        return new RemoteNode("127.0.0.1", listener.port(), Listening.AE_TITLE, caller, Patience.STEP, Patience.STEP);
    }

    private static List<String> taken(Association association) {
        return PROPOSALS.stream()
                .map(PresentationContext::abstractSyntax)
                .filter(uid -> association.context(uid, null).isPresent())
                .toList();
    }

    private static void report(Association association, String transaction) throws IOException {
        PresentationContext context = association
                .context(SopClass.STORAGE_COMMITMENT_PUSH_MODEL, null)
                .orElseThrow();
        byte[] body = StorageCommitment.encodeRequest(
                transaction,
                List.of(new SopReference(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "1.2.3")),
                context.transferSyntax());
        CommandSet report = CommandSet.request(CommandSet.N_EVENT_REPORT_RQ, 7, true)
                .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL)
                .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE)
                .put(CommandSet.EVENT_TYPE_ID, 1);
        association.send(context, report, new ByteArrayInputStream(body));
        assertThat(association.receiveResponse(report).command().integer(CommandSet.STATUS))
                .isZero();
    }

    private static CidrAddress network(String address) {
        try {
            return CidrAddress.create(InetAddress.getByName(address), 32);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
