package org.rigatino.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses long bodies before a byte of them is read; instances alone, which are written as they come, may be long. Refuses
 * U+0000 in paths and queries, which no text in PostgreSQL can hold.
 */
@ApplicationScoped
class RequestLimits {
    private static final int FIRST = 1000;
    private static final long LINGER_MILLIS = 2000;
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    @ConfigProperty(name = "rigatino.web.max-body", defaultValue = "1M")
    MemorySize maxBody;

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext exchange) {
        String announced = exchange.request().getHeader("Content-Length");
        if (exchange.request().uri().contains("%00")) {
            problem(exchange, 400, "Bad Request", "the address holds the character U+0000: leave %00 out");
        } else if (!WITH_BODY.contains(exchange.request().method())
                || exchange.normalizedPath().startsWith("/dicom-web/")) {
            exchange.next();
        } else if (exchange.request().getHeader("Transfer-Encoding") != null) {
            refuse(exchange, 411, "Length Required", "say how long the body is: Content-Length");
        } else if (announced != null && length(announced) > maxBody.asLongValue()) {
            refuse(
                    exchange,
                    413,
                    "Content Too Large",
                    "a body may hold " + maxBody.asLongValue() + " bytes (rigatino.web.max-body)");
        } else {
            exchange.next();
        }
    }

    private static long length(String announced) {
        return announced.matches("[0-9]{1,18}") ? Long.parseLong(announced) : Long.MAX_VALUE;
    }

    /**
     * The connection ends, since what follows on it is the body. Closed at once it would be reset by what is still on
     * its way, and the answer lost with it (RFC 9112 9.6): for a while that is read and dropped.
     */
    private static void refuse(RoutingContext exchange, int status, String title, String detail) {
        HttpServerRequest request = exchange.request();
        exchange.response().putHeader("Connection", "close");
        problem(exchange, status, title, detail).onComplete(sent -> {
            exchange.vertx()
                    .setTimer(LINGER_MILLIS, late -> request.connection().close());
            request.endHandler(end -> request.connection().close()).resume();
        });
    }

    /** RFC 9457. */
    private static Future<Void> problem(RoutingContext exchange, int status, String title, String detail) {
        return exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("status", status)
                        .put("title", title)
                        .put("detail", detail)
                        .encode());
    }
}
