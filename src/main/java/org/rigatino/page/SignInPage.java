package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The way in and out. It shows nothing of what is inside. The form is judged by {@code POST /sign-in}. */
@Path("/")
@PermitAll
public class SignInPage {
    /** Cookies by which Quarkus keeps the session of an identity provider's user. */
    private static final String PROVIDER_SESSION = "q_session";

    @Inject
    Visit visit;

    @Context
    HttpHeaders headers;

    @ConfigProperty(name = "quarkus.http.auth.form.cookie-name")
    String session;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance signIn(Visit visit);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response start() {
        return Response.seeOther(URI.create("/worklist")).build();
    }

    @GET
    @Path("sign-in")
    @Operation(hidden = true)
    public Response form() {
        return visit.page(
                Response.Status.OK,
                Templates.signIn(visit).setLocale(visit.getLanguage().locale()).render());
    }

    /** Sessions are sealed in cookies, so that a browser without them has none. */
    @POST
    @Path("sign-out")
    @Operation(hidden = true)
    public Response signOut() {
        Response.ResponseBuilder out = Response.seeOther(URI.create("/sign-in"));
        headers.getCookies().keySet().stream()
                .filter(name -> name.equals(session) || name.startsWith(PROVIDER_SESSION))
                .forEach(name -> out.cookie(new NewCookie.Builder(name)
                        .value("")
                        .path("/")
                        .maxAge(0)
                        .build()));
        return out.build();
    }
}
