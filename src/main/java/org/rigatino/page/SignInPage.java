package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.SessionCookies;

/** The way in and out. It shows nothing of what is inside. The form is judged by {@code POST /sign-in}. */
@Path("/")
@PermitAll
public class SignInPage {
    @Inject
    Visit visit;

    @Inject
    SessionCookies cookies;

    @Context
    HttpHeaders headers;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance signIn(Visit visit, boolean changed);

        private Templates() {}
    }

    /**
     * To the first page that the visitor's roles show.
     *
     * @param to where they were going before they signed in: a path on this server, which is gone to where their roles show it
     */
    @GET
    @Operation(hidden = true)
    public Response start(@QueryParam("to") String to) {
        return Response.seeOther(visit.isShown(to) ? URI.create(to) : URI.create(visit.home()))
                .build();
    }

    /** @param changed whether the visitor has just set another password */
    @GET
    @Path("sign-in")
    @Operation(hidden = true)
    public Response form(@QueryParam("changed") boolean changed) {
        return visit.page(Response.Status.OK, Templates.signIn(visit, changed));
    }

    @POST
    @Path("sign-out")
    @Operation(hidden = true)
    public Response signOut() {
        return Response.seeOther(URI.create("/sign-in"))
                .cookie(cookies.takenBack(headers))
                .build();
    }
}
