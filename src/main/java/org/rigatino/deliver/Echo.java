package org.rigatino.deliver;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.dicom.AssociationRejectedException;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.NotNegotiatedException;

/**
 * What came of a C-ECHO (PS3.7 9.1.5).
 *
 * @param millis until it was known
 * @param answer the error as it was met; null where the archive answered with success
 */
public record Echo(String destination, Outcome outcome, long millis, String answer) {
    /** Why, as far as it tells what to do. */
    @Schema(name = "EchoOutcome")
    public enum Outcome {
        ANSWERED,
        /** A-ASSOCIATE-RJ: by an AE title, an address or a limit. */
        REJECTED,
        /** The association stands, and Verification is not accepted. */
        NOT_OFFERED,
        /** Nothing listens on the port, or a firewall says no. */
        CONNECTION_REFUSED,
        UNKNOWN_HOST,
        TLS,
        TIMEOUT,
        FAILED
    }

    static Echo failed(String destination, long millis, DicomException cause) {
        return new Echo(destination, outcome(cause), millis, cause.getMessage());
    }

    private static Outcome outcome(Throwable cause) {
        for (Throwable thrown = cause; thrown != null; thrown = thrown.getCause()) {
            if (thrown instanceof AssociationRejectedException) {
                return Outcome.REJECTED;
            } else if (thrown instanceof NotNegotiatedException) {
                return Outcome.NOT_OFFERED;
            } else if (thrown instanceof SSLException) {
                return Outcome.TLS;
            } else if (thrown instanceof SocketTimeoutException) {
                return Outcome.TIMEOUT;
            } else if (thrown instanceof UnknownHostException) {
                return Outcome.UNKNOWN_HOST;
            } else if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
                return Outcome.CONNECTION_REFUSED;
            }
        }
        return Outcome.FAILED;
    }
}
