package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.access.UserRole;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditRows;
import org.rigatino.web.AuditQueries;
import org.rigatino.web.AuditQuery;

/** The audit trail as a page, the latest first. Who looks is in it. */
@Path("/audit")
@RolesAllowed(UserRole.AUDITOR)
public class AuditPages {
    private static final int SIZE = 50;

    @Inject
    AuditQueries queries;

    @Inject
    AuditRows rows;

    @Inject
    Visit visit;

    @Inject
    Refusals refusals;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance audit(Visit visit, AuditListing listing);

        private Templates() {}
    }

    /** @param before id of the last row of the page before */
    @GET
    @Operation(hidden = true)
    public Response show(@BeanParam AuditQuery query, @QueryParam("before") @Min(1) Long before) {
        AuditFilter filter = queries.filter(query);
        AuditListing listing =
                new AuditListing(filter, queries.page(filter, before, SIZE, visit.actor()), before, rows.head());
        return visit.page(Response.Status.OK, Templates.audit(visit, listing));
    }

    @ServerExceptionMapper(UnauthorizedException.class)
    public Uni<Response> signIn(RoutingContext request) {
        return refusals.signIn(request);
    }

    @ServerExceptionMapper(ForbiddenException.class)
    public Response forbidden() {
        return refusals.forbidden();
    }
}
