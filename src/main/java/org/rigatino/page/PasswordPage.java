package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.OwnPassword;
import org.rigatino.access.SessionCookies;
import org.rigatino.access.UserReason;
import org.rigatino.access.UserRole;

/** Somebody's own password. A new one ends all their sessions, this one too. */
@Path("/password")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
public class PasswordPage {
    @Inject
    OwnPassword own;

    @Inject
    SessionCookies cookies;

    @Inject
    Visit visit;

    @Context
    HttpHeaders headers;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance ownPassword(Visit visit, Spoken refusal);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response form() {
        return visit.page(Response.Status.OK, Templates.ownPassword(visit, null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response change(
            @FormParam("current") String current,
            @FormParam("password") String password,
            @FormParam("again") String again) {
        try {
            if (!visit.isByPassword()) {
                throw UserReason.NOT_KEPT.conflict();
            }
            UserForm.checkTwice(password, again);
            own.set(current, password, visit.actor());
        } catch (IllegalArgumentException e) {
            return refused(Response.Status.BAD_REQUEST, e);
        } catch (IllegalStateException e) {
            return refused(Response.Status.CONFLICT, e);
        }
        return Response.seeOther(URI.create("/sign-in?changed=true"))
                .cookie(cookies.takenBack(headers))
                .build();
    }

    private Response refused(Response.Status status, RuntimeException why) {
        return visit.page(status, Templates.ownPassword(visit, Spoken.of(why, visit.getLanguage())));
    }
}
