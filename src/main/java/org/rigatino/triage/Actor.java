package org.rigatino.triage;

import io.vertx.core.http.HttpServerRequest;
import java.security.Principal;
import org.rigatino.access.Identities;

/**
 * Who acts on the worklist.
 *
 * @param name of a user or a machine
 * @param address where the request came from; null where that is not known
 */
public record Actor(String name, String address) {
    /** @param principal null where nobody is known */
    public static Actor of(Principal principal, HttpServerRequest request) {
        return new Actor(
                principal == null ? "unknown" : Identities.name(principal),
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress());
    }
}
