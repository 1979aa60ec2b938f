package org.rigatino.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Set;

/**
 * Rules for every request, before anyone is asked who they are. A browser tells on whose behalf it sends: what another
 * site makes it send changes nothing here (cross-site request forgery), and a name that another site has pointed at this
 * machine is not answered where loopback is all that protects.
 */
@ApplicationScoped
public class RequestGuard {
    private static final int BEFORE_AUTHENTICATION = 350;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> SAME_SITE = Set.of("same-origin", "none");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Inject
    AccessRules rules;

    void register(@Observes Filters filters) {
        filters.register(this::guard, BEFORE_AUTHENTICATION);
    }

    private void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isSSL()) {
            context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (!SAFE.contains(request.method()) && isFromAnotherSite(request)) {
            refuse(context, 403, "this came from another site");
        } else if (rules.isOpen() && !isLoopback(request.authority())) {
            refuse(context, 421, "nobody signs in here, so only 127.0.0.1 and localhost are answered");
        } else {
            context.next();
        }
    }

    /** What carries neither header was not sent by a browser of today. */
    private static boolean isFromAnotherSite(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !SAME_SITE.contains(site);
        }
        String origin = request.getHeader("Origin");
        return origin != null && !isSame(origin, request);
    }

    private static boolean isSame(String origin, HttpServerRequest request) {
        try {
            return URI.create(origin).getRawAuthority() != null
                    && URI.create(origin).getRawAuthority().equalsIgnoreCase(request.getHeader("Host"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLoopback(HostAndPort authority) {
        return authority == null || LOOPBACK.contains(authority.host());
    }

    private static void refuse(RoutingContext context, int status, String reason) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain")
                .end(reason + "\n");
    }
}
