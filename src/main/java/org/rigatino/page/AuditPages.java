package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditRows;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityFilter;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.IdentitySearch;
import org.rigatino.identity.Reader;
import org.rigatino.web.AuditQueries;
import org.rigatino.web.AuditQuery;

/** The audit trail as a page, the latest first. Who looks is in it. */
@Path("/audit")
@RolesAllowed(UserRole.AUDITOR)
public class AuditPages {
    private static final int SIZE = 50;
    private static final int MOST_STUDIES = 20;

    @Inject
    AuditQueries queries;

    @Inject
    AuditRows rows;

    @Inject
    IdentitySearch search;

    @Inject
    Identities identities;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance audit(Visit visit, AuditListing listing, AuditedPatient patient);

        private Templates() {}
    }

    /**
     * @param before id of the last row of the page before
     * @param patient name, ID or accession number that studies are looked for by
     */
    @GET
    @Operation(hidden = true)
    public Response show(
            @BeanParam AuditQuery query,
            @QueryParam("before") @Min(1) Long before,
            @QueryParam("patient") String patient) {
        AuditFilter filter = queries.filter(query);
        AuditedPatient who = patient(filter, patient);
        AuditListing listing = new AuditListing(
                filter,
                queries.page(filter, before, SIZE, visit.actor()),
                before,
                rows.head(),
                rows.count(filter, AuditListing.MOST_COUNTED + 1));
        return visit.page(Response.Status.OK, Templates.audit(visit, listing, who));
    }

    private AuditedPatient patient(AuditFilter filter, String patient) {
        Reader reader = visit.readsAs();
        IdentityFilter who = IdentityFilter.of(patient, null, null, null, null, null);
        Identity whose = filter.studyInstanceUid() == null
                ? null
                : identities.show(List.of(filter.studyInstanceUid()), reader).get(filter.studyInstanceUid());
        Map<String, Identity> found = who.isEmpty() ? null : search.find(who, MOST_STUDIES, reader);
        return new AuditedPatient(
                reader.level() != IdentityLevel.NONE, reader.level() == IdentityLevel.FULL, patient, whose, found);
    }
}
