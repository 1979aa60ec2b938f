package org.rigatino.web;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Actor;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.audit.AuditDownload;
import org.rigatino.audit.ExportFormat;

/** The audit trail over REST. Who reads it is in it. */
@Path("/api/audit")
@RolesAllowed(UserRole.AUDITOR)
@Tag(name = "Audit")
public class AuditResource {
    /** What of the trail did not fit while it was exported; absent where nothing was seen. */
    static final String BROKEN = "Rigatino-Trail-Broken";

    @Inject
    AuditQueries queries;

    @Inject
    AuditDownload downloads;

    @Inject
    Caller caller;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Rows of the audit trail, the latest first; before is the id that the last answer named")
    public AuditPage list(
            @BeanParam AuditQuery query,
            @QueryParam("before") @Min(1) Long before,
            @QueryParam("size") @DefaultValue("50") @Min(1) @Max(1000) int size) {
        return queries.page(queries.filter(query), before, size, caller.actor());
    }

    @GET
    @Path("export")
    @Produces({"text/csv", "application/jsonl"})
    @Operation(
            summary = "Rows of the audit trail as a file, the oldest first: csv or jsonl",
            description =
                    "Where the trail does not fit its hashes or its head, the header Rigatino-Trail-Broken says how")
    public Response export(@BeanParam AuditQuery query, @QueryParam("format") @DefaultValue("csv") String format)
            throws IOException, SQLException {
        ExportFormat known = format(format);
        Actor actor = caller.actor();
        AuditDownload.Download download = downloads.open(queries.filter(query), known, actor.name(), actor.address());
        return Response.ok(download.rows(), known.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + download.fileName() + "\"")
                .header(BROKEN, download.problem())
                .build();
    }

    private static ExportFormat format(String name) {
        try {
            return ExportFormat.named(name);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage());
        }
    }
}
