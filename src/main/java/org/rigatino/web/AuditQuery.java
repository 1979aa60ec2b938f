package org.rigatino.web;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.rigatino.audit.AuditFilter;

/** Which rows of the trail a request is about. */
public class AuditQuery {
    @QueryParam("from")
    @Parameter(description = "First moment: a date (UTC) or a time like 2026-11-26T07:00:00Z")
    public String from;

    @QueryParam("to")
    @Parameter(description = "First moment that is left out")
    public String to;

    @QueryParam("study")
    @Parameter(description = "Study Instance UID, or the SOP Instance UID of what was received or made of it")
    public String study;

    @QueryParam("kind")
    @Parameter(description = "As in docs/audit.md; any of several, which may be repeated or have commas between")
    public List<String> kinds;

    @QueryParam("actor")
    @Parameter(description = "Who did it, the whole name")
    public String actor;

    /** Answers 400 where a time or a kind is none, or nothing can lie between the times. */
    AuditFilter filter() {
        try {
            return new AuditFilter(from, to, study, kinds, actor);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage());
        }
    }
}
