package org.rigatino.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.security.AuthenticationFailedExceptionReactiveMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.refusal.Refused;

/** What is answered whose password nobody judged: 401 would say that it is wrong. */
@ApplicationScoped
public class BusySignIn {
    /** Before those of quarkus-resteasy-problem, at 999, and of Quarkus. */
    private static final int FIRST = 900;

    private static final String RETRY_SECONDS = "5";

    @ServerExceptionMapper(priority = FIRST)
    public Uni<Response> tell(AuthenticationFailedException refused, RoutingContext request) {
        return isBusy(refused.getCause())
                ? Uni.createFrom().item(busy(refused.getMessage()))
                : new AuthenticationFailedExceptionReactiveMapper().handle(request, refused);
    }

    static boolean isBusy(Throwable cause) {
        return cause instanceof Refused refused && refused.refusal().reason() == UserReason.BUSY;
    }

    private static Response busy(String detail) {
        return HttpProblem.builder()
                .withStatus(Response.Status.SERVICE_UNAVAILABLE)
                .withTitle(Response.Status.SERVICE_UNAVAILABLE.getReasonPhrase())
                .withDetail(detail)
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build()
                .toResponse();
    }
}
