package org.rigatino.dicom;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An established association (PS3.8) and the DIMSE messages over it (PS3.7 6.3). One operation at a time, one thread.
 * Every wait ends: a peer that is silent, or leaves a PDU unread, for longer than the time-out loses its association.
 */
final class Association implements Closeable {
    private static final int MAX_COMMAND_LENGTH = 64 * 1024;
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(5);

    /** A message's command; where {@link CommandSet#hasDataset()}, its dataset follows. */
    record Message(PresentationContext context, CommandSet command) {}

    private final Socket socket;
    /** Under TLS, or the socket itself. Closing it interrupts whatever waits on either. */
    private final Socket transport;

    private final Duration timeout;
    private final DataInputStream in;
    private final Map<Integer, PresentationContext> contexts = new HashMap<>();
    private final String peer;
    private final int maxPduLength;
    private PdvReader pdvs;
    private PdvWriter writer;
    private int messageId;
    private Runnable end = () -> {};

    /**
     * @param transport under the socket where that speaks TLS, else the socket
     * @param maxPduLength what this side announces; a longer P-DATA-TF PDU ends the association
     */
    Association(Socket socket, Socket transport, Duration timeout, String peer, int maxPduLength) throws IOException {
        this.maxPduLength = maxPduLength;
        this.socket = socket;
        this.transport = transport;
        this.timeout = timeout;
        this.peer = peer;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) timeout.toMillis());
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    }

    /** @param end run before the peer is told of the end: it may ask for the next association at once */
    void onEnd(Runnable end) {
        this.end = end;
    }

    /** A request with the next message id of this association. */
    CommandSet request(int commandField, boolean hasDataset) {
        messageId = messageId % 0xffff + 1;
        return CommandSet.request(commandField, messageId, hasDataset);
    }

    /** Notes what was agreed. Answers carry no abstract syntax: it is the proposal's of the same id. */
    void established(List<PresentationContext> proposals, Negotiation peerNegotiation) {
        Map<Integer, PresentationContext> proposed = new HashMap<>();
        proposals.forEach(proposal -> proposed.put(proposal.id(), proposal));
        for (PresentationContext answer : peerNegotiation.contexts()) {
            PresentationContext proposal = proposed.get(answer.id());
            if (proposal != null
                    && answer.result() == PresentationContext.ACCEPTANCE
                    && !answer.transferSyntaxes().isEmpty()) {
                contexts.put(answer.id(), proposal.answer(PresentationContext.ACCEPTANCE, answer.transferSyntax()));
            }
        }
        establish(peerNegotiation.maxLength());
    }

    /** Notes what we accepted. */
    void accepted(List<PresentationContext> answers, int peerMaxLength) {
        answers.stream()
                .filter(answer -> answer.result() == PresentationContext.ACCEPTANCE)
                .forEach(answer -> contexts.put(answer.id(), answer));
        establish(peerMaxLength);
    }

    private void establish(int peerMaxLength) {
        pdvs = new PdvReader(this);
        writer = new PdvWriter(this, peerMaxLength);
    }

    String peer() {
        return peer;
    }

    Optional<PresentationContext> context(String abstractSyntax, String transferSyntax) {
        return contexts.values().stream()
                .filter(c -> c.abstractSyntax().equals(abstractSyntax)
                        && (transferSyntax == null || c.transferSyntax().equals(transferSyntax)))
                .findFirst();
    }

    /** Any transfer syntax will do. */
    PresentationContext require(String abstractSyntax) throws NotNegotiatedException {
        return context(abstractSyntax, null)
                .orElseThrow(() -> new NotNegotiatedException(peer + " does not accept SOP class " + abstractSyntax));
    }

    void send(PresentationContext context, CommandSet command) throws IOException {
        writer.writeCommand(context.id(), command.encode());
    }

    /** @param dataset in the context's transfer syntax; read to its end */
    void send(PresentationContext context, CommandSet command, InputStream dataset) throws IOException {
        send(context, command);
        writer.writeDataset(context.id(), dataset);
    }

    void send(PresentationContext context, CommandSet command, PdvWriter.Encoding dataset) throws IOException {
        send(context, command);
        writer.writeDataset(context.id(), dataset);
    }

    /** The next message, or empty once the peer has released the association; the connection is closed then. */
    Optional<Message> receive() throws IOException {
        Optional<PdvReader.Command> command = pdvs.command(MAX_COMMAND_LENGTH);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        PresentationContext context = contexts.get(command.get().contextId());
        if (context == null) {
            throw abort("message on presentation context " + command.get().contextId() + ", which was not accepted");
        }
        return Optional.of(new Message(context, CommandSet.decode(command.get().bytes())));
    }

    /**
     * The next response to a request; one of another operation or message, and a request of the peer that comes in between, is a
     * protocol error. It has begun within the time-out, and is whole within as long again.
     */
    Message receiveResponse(CommandSet request) throws IOException {
        try (Deadline deadline = Deadline.of(transport, timeout.multipliedBy(2))) {
            Message message =
                    receive().orElseThrow(() -> new AssociationException(peer + " released instead of answering"));
            if (!message.command().isResponse()) {
                throw abort("a request where a response was due");
            }
            demandAnswer(message.command(), request);
            return message;
        } catch (SocketTimeoutException e) {
            AssociationException silent = abort("no response within " + timeout);
            silent.initCause(e);
            throw silent;
        }
    }

    /** What tells no status tells no success (PS3.7 9.3 and 10.3). */
    void demandAnswer(CommandSet response, CommandSet request) throws AssociationException {
        if (!response.respondsTo(request)) {
            throw abort("a response to what was not asked");
        }
        if (!response.hasStatus()) {
            throw abort("a response without Status (0000,0900)");
        }
    }

    /** Answers a request without a dataset. */
    void respond(Message request, int status) throws IOException {
        send(request.context(), request.command().response(status));
    }

    void skipDataset(Message message) throws IOException {
        if (message.command().hasDataset()) {
            dataset(message).drain();
        }
    }

    /** The dataset of the message received last. Read it to its end before anything else is received. */
    DatasetInputStream dataset(Message message) {
        return new DatasetInputStream(pdvs, message.context().id());
    }

    /**
     * The next PDU, or empty where the peer closed the connection between two PDUs.
     *
     * @throws SocketTimeoutException where nothing began to arrive in time; the association is still good
     */
    Optional<Pdu> readPdu() throws IOException {
        int type = in.read();
        if (type < 0) {
            return Optional.empty();
        }
        try (Deadline deadline = Deadline.of(transport, timeout)) {
            return Optional.of(Pdu.readAfterType(type, in, maxPduLength));
        } catch (SocketTimeoutException e) {
            throw new AssociationException(peer + " fell silent within a PDU", e);
        }
    }

    void write(Pdu pdu) throws AssociationException {
        Deadline deadline = Deadline.of(transport, timeout);
        try (deadline) {
            pdu.write(socket.getOutputStream());
        } catch (IOException e) {
            String reason = deadline.hasPassed() ? "it reads nothing for " + timeout : e.getMessage();
            throw new AssociationException("cannot write to " + peer + ": " + reason, e);
        }
    }

    /** How long {@link #receive()} may wait for a message to begin. */
    void waitAtMost(Duration wait) throws IOException {
        socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
    }

    /** Whether something comes from the peer, or its end of the connection, within the time. Takes nothing of it. */
    boolean hearsWithin(Duration wait) throws IOException {
        waitAtMost(wait);
        in.mark(1);
        try {
            in.read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            in.reset();
        }
    }

    AssociationException unexpected(Pdu pdu) {
        if (pdu.type() == Pdu.ABORT) {
            return new AssociationAbortedException(
                    peer + " aborted the association (source " + pdu.body()[2] + ", reason " + pdu.body()[3] + ")");
        }
        return abort("unexpected PDU of type " + pdu.type());
    }

    /** Sends A-ABORT where that is still possible. Returns the exception to throw. */
    AssociationException abort(String reason) {
        return abort(reason, 0);
    }

    /** @param code of the reason, PS3.8 table 9-26, as service provider */
    AssociationException abort(String reason, int code) {
        end.run();
        AssociationException cause = new AssociationException(reason + " (" + peer + ")");
        try {
            write(new Pdu(Pdu.ABORT, new byte[] {0, 0, 2, (byte) code}));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    /** Asks for release and closes the connection, whether or not the peer answers, or goes on sending. */
    void release() throws IOException {
        try (this;
                Deadline deadline = Deadline.of(transport, RELEASE_TIMEOUT.multipliedBy(2))) {
            waitAtMost(RELEASE_TIMEOUT);
            write(new Pdu(Pdu.RELEASE_RQ, new byte[4]));
            Optional<Pdu> pdu = readPdu();
            while (pdu.isPresent() && pdu.get().type() == Pdu.P_DATA_TF) {
                pdu = readPdu();
            }
        }
    }

    /** Releases where all answers are in already: a failure now changes nothing and is only logged. */
    void releaseAtEnd() {
        try {
            release();
        } catch (IOException e) {
            DicomListener.LOG.debugf("release of the association with %s: %s", peer, e.getMessage());
        }
    }

    /** Answers the peer's A-RELEASE-RQ. */
    void released() throws IOException {
        end.run();
        write(new Pdu(Pdu.RELEASE_RP, new byte[4]));
        closeAfterPeer();
    }

    /** Lets the peer close first, for a while: closing with bytes unread would take back what was just written. */
    void closeAfterPeer() throws IOException {
        try (this) {
            socket.shutdownOutput();
            waitAtMost(RELEASE_TIMEOUT);
            if (in.read() >= 0) {
                throw new AssociationException(peer + " goes on sending after the end of its association");
            }
        } catch (SocketTimeoutException e) {
            throw new AssociationException(peer + " does not close its connection", e);
        } catch (SocketException e) {
            if (socket == transport) {
                throw e;
            }
            // Under TLS a peer that has taken its leave has closed both ways.
        }
    }

    /** From any thread: whoever reads or writes does so no more. */
    void cut() {
        try {
            transport.close();
        } catch (IOException e) {
            DicomListener.LOG.debugf("the connection with %s: %s", peer, e.getMessage());
        }
    }

    /** TLS takes its leave first, for which a peer that does not read has little time. */
    @Override
    public void close() throws IOException {
        try (transport;
                Deadline deadline = Deadline.of(transport, RELEASE_TIMEOUT)) {
            socket.close();
        }
    }
}
