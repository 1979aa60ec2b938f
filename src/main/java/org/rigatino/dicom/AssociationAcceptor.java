package org.rigatino.dicom;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Answers A-ASSOCIATE-RQ after the listener's rules: accept, or reject with the reason of PS3.8 table 9-21. */
final class AssociationAcceptor {
    /** How long a connection may stay without a request (PS3.8 9.1.5). */
    private static final Duration ARTIM = Duration.ofSeconds(10);

    /** Of a PDU (PS3.8 table 9-26). */
    private static final int INVALID_PARAMETER_VALUE = 6;

    private final ListenerRules rules;
    private final CommitmentHandler commitments;
    private final AddedSenders added;

    AssociationAcceptor(ListenerRules rules, CommitmentHandler commitments, AddedSenders added) {
        this.added = added;
        this.rules = rules;
        this.commitments = commitments;
    }

    /**
     * An association that was accepted, with who asked for it.
     *
     * @param onRequest whether the peer is a source that may send what it was asked for, and nothing else
     */
    record Accepted(Association association, Negotiation request, boolean onRequest) {}

    /**
     * @param room takes a place among the associations, where one is free; asked last
     * @return empty where the request was rejected; the connection is closed then
     */
    Optional<Accepted> accept(Socket socket, BooleanSupplier room) throws IOException {
        String peer = socket.getInetAddress().getHostAddress();
        Socket channel = rules.tls().isPresent() ? rules.tls().get().accept(socket, ARTIM) : socket;
        Association association = new Association(channel, socket, rules.idleTimeout(), peer, rules.maxPduLength());
        association.waitAtMost(rules.idleTimeout().compareTo(ARTIM) < 0 ? rules.idleTimeout() : ARTIM);
        Pdu pdu = association.readPdu().orElseThrow(() -> new AssociationException(peer + " sent nothing"));
        if (pdu.type() != Pdu.ASSOCIATE_RQ) {
            throw association.unexpected(pdu);
        }
        Negotiation request = negotiation(association, pdu);
        Optional<Rejection> rejection = judge(socket, request)
                .or(() -> room.getAsBoolean() ? Optional.empty() : Optional.of(Rejection.LOCAL_LIMIT_EXCEEDED));
        if (rejection.isPresent()) {
            reject(association, request, rejection.get(), advice(socket, request, rejection.get()));
            return Optional.empty();
        }
        boolean called = isCalled(request);
        boolean listed = called && isSender(socket, request);
        boolean onRequest = called && !listed && isSource(socket, request);
        List<PresentationContext> answers = request.contexts().stream()
                .map(proposal -> answer(proposal, listed, onRequest))
                .toList();
        association.write(answer(request, answers).encode(Pdu.ASSOCIATE_AC));
        association.accepted(answers, request.maxLength());
        association.waitAtMost(rules.idleTimeout());
        return Optional.of(new Accepted(association, request, onRequest));
    }

    /** Ids are odd and given once (PS3.8 9.3.2.2): what they name cannot be known else, and the request is refused as a whole. */
    private static Negotiation negotiation(Association association, Pdu pdu) throws IOException {
        Negotiation request = Negotiation.decode(pdu.body());
        Set<Integer> ids = new HashSet<>();
        for (PresentationContext context : request.contexts()) {
            if (context.id() % 2 == 0 || !ids.add(context.id())) {
                String what = context.id() % 2 == 0 ? " is even" : " is proposed twice";
                throw association.abort(
                        "presentation context id " + context.id() + what + " (PS3.8 9.3.2.2)", INVALID_PARAMETER_VALUE);
            }
        }
        return request;
    }

    private Negotiation answer(Negotiation request, List<PresentationContext> answers) {
        return new Negotiation(
                1,
                request.calledAeTitle(),
                request.callingAeTitle(),
                Negotiation.APPLICATION_CONTEXT,
                answers,
                roles(request),
                rules.maxPduLength());
    }

    private Optional<Rejection> judge(Socket socket, Negotiation request) {
        if ((request.protocolVersion() & 1) == 0) {
            return Optional.of(Rejection.PROTOCOL_VERSION_NOT_SUPPORTED);
        }
        if (!request.applicationContext().equals(Negotiation.APPLICATION_CONTEXT)) {
            return Optional.of(Rejection.APPLICATION_CONTEXT_NOT_SUPPORTED);
        }
        boolean served = isSender(socket, request) || isSource(socket, request) || isAwaited(socket, request);
        if (!served && !isServed(socket.getInetAddress())) {
            return Optional.of(Rejection.NO_REASON_GIVEN);
        }
        if (!isCalled(request) && !(commitments.isRequestor(request.calledAeTitle()) && isAwaited(socket, request))) {
            return Optional.of(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
        }
        return served ? Optional.empty() : Optional.of(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }

    private boolean isCalled(Negotiation request) {
        return request.calledAeTitle().equals(rules.aeTitle());
    }

    private boolean isSender(Socket socket, Negotiation request) {
        String caller = request.callingAeTitle();
        return isServed(socket.getInetAddress())
                && (rules.callingAeTitles().isEmpty()
                        ? AeTitle.isValid(caller)
                        : rules.callingAeTitles().contains(caller) || added.hasTitle(caller));
    }

    private boolean isServed(InetAddress peer) {
        return rules.isServed(peer) || added.hasAddress(peer);
    }

    private boolean isSource(Socket socket, Negotiation request) {
        return rules.sources().getOrDefault(request.callingAeTitle(), Set.of()).stream()
                .anyMatch(host -> isAddressOf(host, socket.getInetAddress()));
    }

    /**
     * Whether it is an archive that owes reports. A network's list holds for it as well, unless it calls from its own host.
     * Asked last, since the record may be asked, and one that hangs must not keep out whom the rules name.
     */
    private boolean isAwaited(Socket socket, Negotiation request) {
        InetAddress peer = socket.getInetAddress();
        List<String> hosts = commitments.hosts(request.callingAeTitle());
        return !hosts.isEmpty() && (isServed(peer) || hosts.stream().anyMatch(host -> isAddressOf(host, peer)));
    }

    private static boolean isAddressOf(String host, InetAddress peer) {
        try {
            return List.of(InetAddress.getAllByName(host)).contains(peer);
        } catch (UnknownHostException e) {
            DicomListener.LOG.warnf("the archive's host %s is not known: %s", host, e.getMessage());
            return false;
        }
    }

    private String advice(Socket socket, Negotiation request, Rejection rejection) {
        return rejection == Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED && isAwaited(socket, request)
                ? "; where it was asked for storage commitment reports under that title, this process needs it as"
                        + " rigatino.deliver.ae-title too"
                : "";
    }

    private static void reject(Association association, Negotiation request, Rejection rejection, String advice)
            throws IOException {
        DicomListener.LOG.warnf(
                "association from %s at %s to %s rejected: %s%s",
                LogText.of(request.callingAeTitle()),
                association.peer(),
                LogText.of(request.calledAeTitle()),
                rejection,
                advice);
        association.write(new Pdu(Pdu.ASSOCIATE_RJ, rejection.encode()));
        association.closeAfterPeer();
    }

    /** The first transfer syntax that the peer proposes is taken as its preference: datasets are kept as they come. */
    private static PresentationContext answer(PresentationContext proposal, boolean listed, boolean onRequest) {
        String fallback = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
        boolean allowed = listed
                || isOfReports(proposal.abstractSyntax())
                || onRequest && SopClass.isStorage(proposal.abstractSyntax());
        if (!isServed(proposal.abstractSyntax()) || !allowed) {
            return proposal.answer(PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED, fallback);
        }
        boolean messages = !SopClass.isStorage(proposal.abstractSyntax());
        return proposal.transferSyntaxes().stream()
                .filter(uid -> messages ? TransferSyntax.isPlain(uid) : TransferSyntax.isStorable(uid))
                .findFirst()
                .map(uid -> proposal.answer(PresentationContext.ACCEPTANCE, uid))
                .orElseGet(() -> proposal.answer(PresentationContext.TRANSFER_SYNTAXES_NOT_SUPPORTED, fallback));
    }

    private static boolean isServed(String abstractSyntax) {
        return isOfReports(abstractSyntax)
                || abstractSyntax.equals(SopClass.INSTANCE_AVAILABILITY_NOTIFICATION)
                || abstractSyntax.equals(SopClass.MODALITY_PERFORMED_PROCEDURE_STEP)
                || SopClass.isStorage(abstractSyntax);
    }

    /** What is served to an archive that only reports. */
    private static boolean isOfReports(String abstractSyntax) {
        return abstractSyntax.equals(SopClass.VERIFICATION)
                || abstractSyntax.equals(SopClass.STORAGE_COMMITMENT_PUSH_MODEL);
    }

    /**
     * The peer may be user of Verification, Storage, Instance Availability and Performed Steps, and provider of Storage Commitment: that is what we are not.
     */
    private static List<RoleSelection> roles(Negotiation request) {
        List<RoleSelection> roles = new ArrayList<>();
        for (RoleSelection role : request.roles()) {
            boolean commitment = role.sopClassUid().equals(SopClass.STORAGE_COMMITMENT_PUSH_MODEL);
            if (isServed(role.sopClassUid())) {
                roles.add(new RoleSelection(role.sopClassUid(), role.scu() && !commitment, role.scp() && commitment));
            }
        }
        return roles;
    }
}
