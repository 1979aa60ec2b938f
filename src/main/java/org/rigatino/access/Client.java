package org.rigatino.access;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/** Where a request comes from. */
final class Client {
    private Client() {}

    /** Of a proxy's client where {@code quarkus.http.proxy} says so. */
    static String address(RoutingContext request) {
        SocketAddress address = request == null ? null : request.request().remoteAddress();
        return address == null ? "an unknown address" : address.hostAddress();
    }
}
