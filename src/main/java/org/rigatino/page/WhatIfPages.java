package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.access.UserRole;
import org.rigatino.release.ReleaseView;
import org.rigatino.release.ReleasesOnRecord;
import org.rigatino.release.WhatIf;
import org.rigatino.release.WhatIfChoice;
import org.rigatino.release.WhatIfQueries;

/** What other thresholds and rules would have made of what a release judged. */
@Path("/models/{digest}/what-if")
@RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
public class WhatIfPages {
    private static final List<String> FIELDS =
            List.of("falseAlarmsPer100", "threshold", "modality", "receivedFrom", "receivedTo", "callingAeTitle");

    @Inject
    WhatIfQueries queries;

    @Inject
    ReleasesOnRecord releases;

    @Inject
    Visit visit;

    @Inject
    Refusals refusals;

    @Context
    UriInfo uri;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance whatif(Visit visit, WhatIfContents contents);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response show(String digest) {
        Optional<ReleaseView> release = releases.find(digest);
        if (release.isEmpty()) {
            return visit.page(Response.Status.NOT_FOUND, ModelPages.Templates.modelUnknown(visit, digest));
        }
        Map<String, String> form = fields(uri.getQueryParameters());
        try {
            WhatIfChoice choice = choice(form, uri.getQueryParameters().getFirst("before"));
            WhatIf answer = choice.isAnything() ? queries.ask(digest, choice) : null;
            return page(Response.Status.OK, new WhatIfContents(release.get(), form, answer, null));
        } catch (IllegalArgumentException e) {
            return page(Response.Status.BAD_REQUEST, new WhatIfContents(release.get(), form, null, e.getMessage()));
        }
    }

    private static Map<String, String> fields(MultivaluedMap<String, String> sent) {
        Map<String, String> form = new HashMap<>();
        FIELDS.stream()
                .filter(name -> sent.getFirst(name) != null)
                .forEach(name -> form.put(name, sent.getFirst(name)));
        return form;
    }

    private static WhatIfChoice choice(Map<String, String> form, String before) {
        return WhatIfChoice.of(
                form.get("falseAlarmsPer100"),
                form.get("threshold"),
                form.get("modality"),
                form.get("receivedFrom"),
                form.get("receivedTo"),
                form.get("callingAeTitle"),
                before);
    }

    private Response page(Response.Status status, WhatIfContents contents) {
        return visit.page(status, Templates.whatif(visit, contents));
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
