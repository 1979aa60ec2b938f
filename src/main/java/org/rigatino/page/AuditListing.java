package org.rigatino.page;

import jakarta.ws.rs.core.UriBuilder;
import java.util.Arrays;
import java.util.List;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.EventKind;
import org.rigatino.web.AuditPage;

/**
 * A page of the trail.
 *
 * @param before the row that it follows, null at the end of the trail
 * @param head anchor of the last row of all
 */
public record AuditListing(AuditFilter filter, AuditPage page, Long before, String head) {
    public List<String> kinds() {
        return Arrays.stream(EventKind.values()).map(Enum::name).sorted().toList();
    }

    public boolean isChosen(String kind) {
        return filter.kinds().contains(kind);
    }

    /** Type of the control that shows it: people choose days, links may name moments. */
    public String typeOf(String time) {
        return time == null || !time.contains("T") ? "date" : "text";
    }

    public String latest() {
        return filtered("/audit").build().toString();
    }

    public String earlier() {
        return filtered("/audit").queryParam("before", page.before()).build().toString();
    }

    public String export() {
        return filtered("/api/audit/export").build().toString();
    }

    public long broken() {
        return page.rows().stream().filter(row -> !row.fitsItsHash()).count();
    }

    private UriBuilder filtered(String path) {
        UriBuilder uri = UriBuilder.fromPath(path);
        with(uri, "from", filter.from());
        with(uri, "to", filter.to());
        with(uri, "study", filter.studyInstanceUid());
        with(uri, "actor", filter.actor());
        filter.kinds().forEach(kind -> with(uri, "kind", kind));
        return uri;
    }

    private static void with(UriBuilder uri, String name, String value) {
        if (value != null) {
            uri.queryParam(name, "{" + name + "}").resolveTemplate(name, value);
        }
    }
}
