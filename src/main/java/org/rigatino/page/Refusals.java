package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;

/** What people see who may not see a page. */
@ApplicationScoped
class Refusals {
    @Inject
    HttpAuthenticator authenticator;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance refused(Visit visit);

        private Templates() {}
    }

    Response forbidden() {
        return visit.page(Response.Status.FORBIDDEN, Templates.refused(visit));
    }

    /** To the identity provider where there is one, else to the form, which leads back; what is no browser is just refused. */
    Uni<Response> signIn(RoutingContext request) {
        return authenticator.getChallenge(request).onItem().transform(challenge -> answer(request, challenge));
    }

    private static Response answer(RoutingContext request, ChallengeData challenge) {
        int status = challenge == null ? 401 : challenge.status;
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        if (status == 401 && accepted != null && accepted.contains("text/html")) {
            return Response.seeOther(UriBuilder.fromPath("/sign-in")
                            .queryParam("to", "{to}")
                            .build(request.request().uri()))
                    .build();
        }
        Response.ResponseBuilder refusal = Response.status(status);
        if (challenge != null && challenge.headerName != null) {
            refusal.header(challenge.headerName.toString(), challenge.headerContent);
        }
        return refusal.build();
    }
}
