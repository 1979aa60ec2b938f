package org.rigatino.dicom;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Opens associations as requestor (PS3.8 7.1). */
final class AssociationRequestor {
    private AssociationRequestor() {}

    /** @throws AssociationException where the peer cannot be reached, is silent, or rejects */
    static Association request(RemoteNode node, List<PresentationContext> proposals, List<RoleSelection> roles)
            throws AssociationException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(node.host(), node.port()), (int)
                    node.connectTimeout().toMillis());
            Socket channel = node.tls().isPresent()
                    ? node.tls().get().connect(socket, node.host(), node.port(), node.responseTimeout())
                    : socket;
            Association association =
                    new Association(channel, socket, node.responseTimeout(), node.toString(), Pdu.MAX_DATA_LENGTH);
            negotiate(association, node, proposals, roles);
            return association;
        } catch (IOException | RuntimeException e) {
            closeQuietly(socket, e);
            throw e instanceof AssociationException a
                    ? a
                    : new AssociationException("cannot open an association with " + node + ": " + e.getMessage(), e);
        }
    }

    private static void negotiate(
            Association association, RemoteNode node, List<PresentationContext> proposals, List<RoleSelection> roles)
            throws IOException {
        association.write(new Negotiation(node.calledAeTitle(), node.callingAeTitle(), proposals, roles)
                .encode(Pdu.ASSOCIATE_RQ));
        Pdu answer = association.readPdu().orElseThrow(() -> new AssociationException(node + " closed the connection"));
        switch (answer.type()) {
            case Pdu.ASSOCIATE_AC -> association.established(proposals, Negotiation.decode(answer.body()));
            case Pdu.ASSOCIATE_RJ ->
                throw new AssociationRejectedException(node.toString(), Rejection.decode(answer.body()));
            default -> throw association.unexpected(answer);
        }
    }

    private static void closeQuietly(Socket socket, Exception cause) {
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
