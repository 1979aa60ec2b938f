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
import jakarta.ws.rs.core.MediaType;
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

    /**
     * To the identity provider, or to the form, which leads back. An act that came when its session had ended leads to the page that it was
     * begun on, which says that it was not done. What is no browser is just refused.
     */
    private static Response answer(RoutingContext request, ChallengeData challenge) {
        int status = challenge == null ? 401 : challenge.status;
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        boolean browser = accepted != null && accepted.contains(MediaType.TEXT_HTML);
        boolean act = !request.request().method().equals(HttpMethod.GET);
        if (browser && status == Response.Status.UNAUTHORIZED.getStatusCode()) {
            return Response.seeOther(UriBuilder.fromPath("/sign-in")
                            .queryParam("to", "{to}")
                            .build(act ? begunOn(request.request()) : asked(request.request())))
                    .build();
        }
        if (browser && act) {
            return Response.seeOther(URI.create(begunOn(request.request()))).build();
        }
        Response.ResponseBuilder refusal = Response.status(status);
        if (challenge != null && challenge.headerName != null) {
            refusal.header(challenge.headerName.toString(), challenge.headerContent);
        }
        return refusal.build();
    }

    private static String asked(HttpServerRequest request) {
        return OutcomeAddresses.without(URI.create(request.uri()));
    }

    private static String begunOn(HttpServerRequest request) {
        String referer = request.getHeader("Referer");
        try {
            URI from = URI.create(referer == null ? "/" : referer);
            String page = OutcomeAddresses.without(from);
            if (!Visit.isLocal(page)) {
                return "/";
            }
            return page + (page.contains("?") ? "&" : "?") + Visit.UNDONE + "=true";
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
