package org.rigatino.access;

import io.vertx.core.http.HttpServerRequest;
import java.security.Principal;
import org.rigatino.audit.AuditTrail;

/**
 * Who asks for something over HTTP, as the audit trail names them.
 *
 * @param name of a user or a machine
 * @param address where the request came from; null where that is not known
 */
public record Actor(String name, String address) {
    /** The event, done by this actor. */
    public AuditTrail.Event did(AuditTrail.Event event) {
        return event.by(name).from(address);
    }

    /** @param principal null where nobody is known */
    public static Actor of(Principal principal, HttpServerRequest request) {
        return new Actor(
                principal == null ? "unknown" : Identities.name(principal),
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress());
    }
}
