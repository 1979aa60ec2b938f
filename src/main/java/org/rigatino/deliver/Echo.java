package org.rigatino.deliver;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.deliver.dicomweb.RefusedSearchException;
import org.rigatino.dicom.AssociationRejectedException;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.NotNegotiatedException;

/**
 * What came of a C-ECHO (PS3.7 9.1.5), or of QIDO-RS for a study that nobody has.
 *
 * @param kind of the destination, which says which of them
 * @param millis until it was known
 * @param answer the error as it was met; null where the archive answered with success
 */
public record Echo(String destination, DestinationKind kind, Outcome outcome, long millis, String answer) {
    /** Why, as far as it tells what to do. */
    @Schema(name = "EchoOutcome")
    public enum Outcome {
        ANSWERED,
        /** A-ASSOCIATE-RJ, by an AE title, an address or a limit; over HTTP 401, 403 or 407. */
        REJECTED,
        /** The association stands, and Verification is not accepted; over HTTP 404, 405 or 501. */
        NOT_OFFERED,
        /** Nothing listens on the port, or a firewall says no. */
        CONNECTION_REFUSED,
        UNKNOWN_HOST,
        TLS,
        TIMEOUT,
        FAILED
    }

    static Echo failed(String destination, DestinationKind kind, long millis, DicomException cause) {
        return new Echo(destination, kind, outcome(cause), millis, cause.getMessage());
    }

    String service() {
        return kind == DestinationKind.DICOMWEB ? "QIDO-RS" : "C-ECHO";
    }

    private static Outcome outcome(Throwable cause) {
        for (Throwable thrown = cause; thrown != null; thrown = thrown.getCause()) {
            if (thrown instanceof RefusedSearchException refused && (refused.isOfIdentity() || refused.isOfPlace())) {
                return refused.isOfIdentity() ? Outcome.REJECTED : Outcome.NOT_OFFERED;
            } else if (thrown instanceof AssociationRejectedException) {
                return Outcome.REJECTED;
            } else if (thrown instanceof NotNegotiatedException) {
                return Outcome.NOT_OFFERED;
            } else if (thrown instanceof SSLException) {
                return Outcome.TLS;
            } else if (thrown instanceof SocketTimeoutException || thrown instanceof HttpConnectTimeoutException) {
                return Outcome.TIMEOUT;
            } else if (thrown instanceof UnknownHostException || thrown instanceof UnresolvedAddressException) {
                return Outcome.UNKNOWN_HOST;
            } else if (thrown instanceof ConnectException && !isUnresolved(thrown)
                    || thrown instanceof NoRouteToHostException) {
                return Outcome.CONNECTION_REFUSED;
            }
        }
        return Outcome.FAILED;
    }

    /** The client of HTTP tells of a host that no name server knows by a failed connection. */
    private static boolean isUnresolved(Throwable connection) {
        for (Throwable cause = connection.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
