package org.rigatino.release;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;

/** What other thresholds would have made of what was judged, over REST. */
@Path("/api/releases/{digest}/what-if")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
@Tag(name = "Models")
public class WhatIfResource {
    @Inject
    WhatIfQueries queries;

    @GET
    @Operation(
            summary =
                    "What other false alarms, another threshold or other modalities would have made of what a release judged, by the record alone",
            description =
                    "Nothing is run and nothing is changed. The latest 100,000 study revisions, frames and refused instances are looked"
                            + " at; \"more\" says that there may be earlier ones. 400 where nothing is supposed, or the normal studies"
                            + " are too few for it")
    public WhatIf ask(String digest, @BeanParam WhatIfQuery query) {
        WhatIfChoice choice = query.choice();
        if (!choice.isAnything()) {
            throw WhatIfReason.NOTHING.wrong();
        }
        return queries.ask(digest, choice);
    }
}
