package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.release.ReleaseView;
import org.rigatino.release.ReleasesOnRecord;
import org.rigatino.release.WhatIf;
import org.rigatino.release.WhatIfChoice;
import org.rigatino.release.WhatIfQueries;
import org.rigatino.release.WhatIfQuery;
import org.rigatino.web.KnownParameters;
import org.rigatino.web.ModelQueries;
import org.rigatino.web.ModelView;

/** What other thresholds and rules would have made of what a release judged. */
@Path("/models/{digest}/what-if")
@RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
public class WhatIfPages {
    @Inject
    WhatIfQueries queries;

    @Inject
    ReleasesOnRecord releases;

    @Inject
    ModelQueries models;

    @Inject
    Visit visit;

    @Context
    UriInfo uri;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance whatif(Visit visit, WhatIfContents contents);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response show(String digest, @BeanParam WhatIfQuery query) throws SQLException {
        Optional<ReleaseView> release = releases.find(digest);
        if (release.isEmpty()) {
            return visit.page(Response.Status.NOT_FOUND, ModelPages.Templates.modelUnknown(visit, digest));
        }
        ModelView here = here(digest);
        try {
            WhatIfChoice choice = query.choice();
            WhatIf answer = choice.isAnything() ? queries.ask(digest, choice) : null;
            return page(Response.Status.OK, new WhatIfContents(release.get(), here, sent(), answer, null));
        } catch (IllegalArgumentException e) {
            return page(
                    Response.Status.BAD_REQUEST,
                    new WhatIfContents(release.get(), here, sent(), null, Spoken.of(e, visit.getLanguage())));
        }
    }

    /** Null where its files are not here: what is on record is answered all the same. */
    private ModelView here(String digest) throws SQLException {
        try {
            return models.find(digest).orElse(null);
        } catch (ServiceUnavailableException e) {
            return null;
        }
    }

    /** What narrows or supposes anything, by its name; others were refused before. */
    private Map<String, String> sent() {
        Map<String, String> sent = new HashMap<>();
        uri.getQueryParameters().forEach((name, values) -> sent.put(name, values.get(0)));
        sent.keySet().removeAll(Set.of("before", KnownParameters.LANGUAGE));
        sent.values().removeIf(String::isBlank);
        return sent;
    }

    private Response page(Response.Status status, WhatIfContents contents) {
        return visit.page(status, Templates.whatif(visit, contents));
    }
}
