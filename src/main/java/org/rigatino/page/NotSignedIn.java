package org.rigatino.page;

import io.quarkiverse.resteasy.problem.security.UnauthorizedExceptionReactiveMapper;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where people are sent who ask for a page and have not signed in: to the identity provider where there is one, else to the form. */
@ApplicationScoped
public class NotSignedIn {
    /** Before those of quarkus-resteasy-problem, at 999, and of Quarkus. */
    private static final int FIRST = 900;

    @Inject
    HttpAuthenticator authenticator;

    @ServerExceptionMapper(priority = FIRST)
    public Uni<Response> signIn(UnauthorizedException refused, RoutingContext request) {
        return ProblemPage.isForPrograms(request.normalizedPath())
                ? new UnauthorizedExceptionReactiveMapper().handle(request, refused)
                : authenticator.getChallenge(request).onItem().transform(challenge -> answer(request, challenge));
    }

    /** It leads back to the page: the one that an act was begun on, where the session had ended by then, and says that it was not done. */
    private static URI form(HttpServerRequest request) {
        UriBuilder form = UriBuilder.fromPath("/sign-in").queryParam("to", "{to}");
        if (request.method().equals(HttpMethod.GET)) {
            return form.build(request.uri());
        }
        return form.queryParam("undone", true).build(page(request.getHeader("Referer")));
    }

    private static String page(String referer) {
        try {
            URI from = URI.create(referer == null ? "/" : referer);
            return from.getRawPath() + (from.getRawQuery() == null ? "" : "?" + from.getRawQuery());
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    /** What is no browser is just refused. */
    private static Response answer(RoutingContext request, ChallengeData challenge) {
        int status = challenge == null ? 401 : challenge.status;
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        if (status == 401 && accepted != null && accepted.contains("text/html")) {
            return Response.seeOther(form(request.request())).build();
        }
        Response.ResponseBuilder refusal = Response.status(status);
        if (challenge != null && challenge.headerName != null) {
            refusal.header(challenge.headerName.toString(), challenge.headerContent);
        }
        return refusal.build();
    }
}
