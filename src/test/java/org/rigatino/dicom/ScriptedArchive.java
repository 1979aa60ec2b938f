package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.rigatino.Patience;

/** An archive that answers as a test tells it to: C-STORE, storage commitment on the same association, C-FIND, C-MOVE. */
public final class ScriptedArchive implements AutoCloseable {
    /** In place of a status: A-ABORT instead of an answer, or no answer and the connection closed. */
    public static final int ABORT = -1;

    public static final int HANG_UP = -2;

    /** What the archive reports of every object that commitment is requested for. */
    public enum Report {
        COMMITTED,
        FAILED,
        ANOTHER_TRANSACTION,
        SILENCE
    }

    public volatile Set<String> refusedContexts = Set.of();
    public volatile Function<String, Integer> store = sopClassUid -> 0;
    public volatile int action = 0;
    public volatile Report report = Report.COMMITTED;
    public volatile int find = 0;
    public volatile boolean lists = true;

    /** What a C-FIND is answered with where that is 0; the identifier itself unless told otherwise. */
    public volatile Function<Dataset, List<Dataset>> answers = List::of;

    /** What a C-MOVE does, with the identifier, before it is answered; returns the status and the completed sub-operations. */
    public volatile Move move = identifier -> new int[] {0, 0};

    /** Instead of every answer to C-FIND and C-MOVE, where there is one. */
    volatile Script script;

    /** See {@link #move}. */
    public interface Move {
        int[] sub(Dataset identifier) throws IOException;
    }

    /** See {@link #script}. */
    interface Script {
        void answer(Association association, Association.Message request) throws IOException;
    }

    /** Before a C-FIND is answered. */
    public volatile Runnable beforeFind = () -> {};

    /** C-STORE requests by SOP Instance UID, stored or not. */
    public final Map<String, AtomicInteger> offered = new ConcurrentHashMap<>();

    public final List<String> transactions = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Future<?> accepting;

    public ScriptedArchive() throws IOException {
        this(0);
    }

    public ScriptedArchive(int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        accepting = threads.submit(this::accept);
    }

    public RemoteNode node() {
        return new RemoteNode("127.0.0.1", server.getLocalPort(), "ARCHIVE", "RIGATINO", Patience.STEP, Patience.STEP);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.submit(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (Association association =
                new Association(socket, socket, Patience.STEP, "the sender", Pdu.MAX_DATA_LENGTH)) {
            Negotiation request =
                    Negotiation.decode(association.readPdu().orElseThrow().body());
            List<PresentationContext> answers =
                    request.contexts().stream().map(this::answer).toList();
            association.write(new Negotiation(request.calledAeTitle(), request.callingAeTitle(), answers, List.of())
                    .encode(Pdu.ASSOCIATE_AC));
            association.accepted(answers, request.maxLength());
            Optional<Association.Message> message = association.receive();
            while (message.isPresent()) {
                answer(association, message.get());
                message = association.receive();
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            // The sender ended it, or the script did.
        }
    }

    private PresentationContext answer(PresentationContext proposal) {
        boolean refused = refusedContexts.contains(proposal.abstractSyntax());
        return proposal.answer(
                refused ? PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED : PresentationContext.ACCEPTANCE,
                proposal.transferSyntax());
    }

    private void answer(Association association, Association.Message message) throws IOException {
        byte[] dataset = new byte[0];
        if (message.command().hasDataset()) {
            dataset = association.dataset(message).readAllBytes();
        }
        if (script != null) {
            script.answer(association, message);
            return;
        }
        switch (message.command().integer(CommandSet.COMMAND_FIELD)) {
            case CommandSet.C_STORE_RQ -> stored(association, message);
            case CommandSet.N_ACTION_RQ -> commit(association, message, dataset);
            case CommandSet.C_FIND_RQ -> find(association, message, dataset);
            case CommandSet.C_MOVE_RQ -> move(association, message, dataset);
            default -> {}
        }
    }

    private void stored(Association association, Association.Message message) throws IOException {
        String uid = message.command().uid(CommandSet.AFFECTED_SOP_INSTANCE_UID);
        offered.computeIfAbsent(uid, key -> new AtomicInteger()).incrementAndGet();
        respond(association, message, store.apply(message.context().abstractSyntax()));
    }

    private static void respond(Association association, Association.Message message, int status) throws IOException {
        if (status == ABORT) {
            throw association.abort("as the script says");
        } else if (status == HANG_UP) {
            association.close();
            throw new IOException("as the script says");
        }
        association.respond(message, status);
    }

    private void commit(Association association, Association.Message message, byte[] dataset) throws IOException {
        respond(association, message, action);
        String syntax = message.context().transferSyntax();
        Dataset request = DatasetEncoding.decode(dataset, syntax);
        String transaction = request.require(Tag.TransactionUID);
        transactions.add(transaction);
        if (action == 0 && report != Report.SILENCE) {
            byte[] content = report(request, transaction).encodeWithoutFileMeta(syntax);
            association.send(
                    message.context(),
                    association
                            .request(CommandSet.N_EVENT_REPORT_RQ, true)
                            .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL)
                            .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE)
                            .put(CommandSet.EVENT_TYPE_ID, report == Report.FAILED ? 2 : 1),
                    new ByteArrayInputStream(content));
        }
    }

    private Dataset report(Dataset request, String transaction) throws DicomException {
        List<Dataset> items = new ArrayList<>();
        for (Dataset item : request.items(Tag.ReferencedSOPSequence)) {
            Dataset told = new Dataset()
                    .put(Tag.ReferencedSOPClassUID, item.require(Tag.ReferencedSOPClassUID))
                    .put(Tag.ReferencedSOPInstanceUID, item.require(Tag.ReferencedSOPInstanceUID));
            items.add(report == Report.FAILED ? told.put(Tag.FailureReason, 0x0112) : told);
        }
        return new Dataset()
                .put(Tag.TransactionUID, report == Report.ANOTHER_TRANSACTION ? "2.25.999" : transaction)
                .putItems(report == Report.FAILED ? Tag.FailedSOPSequence : Tag.ReferencedSOPSequence, items);
    }

    private void find(Association association, Association.Message message, byte[] dataset) throws IOException {
        beforeFind.run();
        if (lists && find == 0) {
            for (Dataset answer : answers.apply(
                    DatasetEncoding.decode(dataset, message.context().transferSyntax()))) {
                association.send(
                        message.context(),
                        pending(message, true),
                        new ByteArrayInputStream(
                                answer.encodeWithoutFileMeta(message.context().transferSyntax())));
            }
        }
        respond(association, message, find);
    }

    static CommandSet pending(Association.Message request, boolean identifier) {
        return CommandSet.request(
                        request.command().integer(CommandSet.COMMAND_FIELD) | CommandSet.RESPONSE,
                        request.command().integer(CommandSet.MESSAGE_ID),
                        identifier)
                .put(CommandSet.MESSAGE_ID_BEING_RESPONDED_TO, request.command().integer(CommandSet.MESSAGE_ID))
                .put(CommandSet.STATUS, 0xFF00);
    }

    private void move(Association association, Association.Message message, byte[] dataset) throws IOException {
        int[] result =
                move.sub(DatasetEncoding.decode(dataset, message.context().transferSyntax()));
        association.send(
                message.context(),
                message.command()
                        .response(result[0])
                        .put(CommandSet.NUMBER_OF_COMPLETED_SUB_OPERATIONS, result[1])
                        .put(CommandSet.NUMBER_OF_FAILED_SUB_OPERATIONS, 0)
                        .put(CommandSet.NUMBER_OF_WARNING_SUB_OPERATIONS, 0));
    }

    /** The port is free when this returns: while a thread is about to leave accept, it is not. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            accepting.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the archive's port may still be taken", e);
        }
        threads.shutdownNow();
    }
}
