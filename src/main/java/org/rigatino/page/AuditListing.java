package org.rigatino.page;

import jakarta.ws.rs.core.UriBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.EventKind;
import org.rigatino.web.AuditPage;

/**
 * A page of the trail.
 *
 * @param before the row that it follows, null at the end of the trail
 * @param head anchor of the last row of all
 * @param counted rows of all pages, of which no more than one beyond {@link #MOST_COUNTED} are counted
 */
public record AuditListing(AuditFilter filter, AuditPage page, Long before, String head, long counted) {
    /** What is counted of them: an index serves it, and ten thousand are read in a few milliseconds. */
    static final int MOST_COUNTED = 10_000;

    private static final Pattern RULES = Pattern.compile("sha256 ([0-9a-f]{64})$");

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

    /** Where the text of the rules is that an event tells of; null where it tells of none. */
    public String rulesOf(AuditRow event) {
        Matcher digest = RULES.matcher(event.detail() == null ? "" : event.detail());
        return EventKind.RULES_FOLLOWED.name().equals(event.kind()) && digest.find()
                ? "/api/rules/followed/" + digest.group(1)
                : null;
    }

    public boolean isMore() {
        return counted > MOST_COUNTED;
    }

    /** How many rows there are, or are at least where there {@link #isMore}. */
    public long total() {
        return Math.min(counted, MOST_COUNTED);
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
