package org.rigatino.page;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An act sends its browser back to an address that says what it came to. Whoever opens that address otherwise, by a link
 * of another's, a bookmark or by hand, did no act: they are sent to the page without it. What names no origin is no browser of today.
 */
@Provider
public class OutcomeAddresses implements ContainerRequestFilter {
    private static final Set<String> OUTCOMES = Set.of(
            "added",
            "answered",
            "asked",
            "came",
            "changed",
            "copies",
            "done",
            "later",
            "let-in",
            "removed",
            "replayed",
            "saved",
            "settled",
            "told");

    private static final Pattern OTHER = Pattern.compile("[-A-Za-z0-9]+(=.*)?");

    @Override
    public void filter(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        URI address = request.getUriInfo().getRequestUri();
        if (site == null
                || site.equals("same-origin")
                || address.getRawQuery() == null
                || !request.getMethod().equals(HttpMethod.GET)
                || ProblemPage.isForPrograms(request.getUriInfo().getPath())) {
            return;
        }
        String others = others(address.getRawQuery());
        if (!address.getRawQuery().equals(others)) {
            request.abortWith(Response.seeOther(
                            UriBuilder.fromUri(address).replaceQuery(others).build())
                    .build());
        }
    }

    /** Path and query without an outcome. */
    static String without(URI address) {
        String others = address.getRawQuery() == null ? null : others(address.getRawQuery());
        return address.getRawPath() + (others == null ? "" : "?" + others);
    }

    /**
     * As Vert.x reads a query: parted by & and by semicolons, names in any case. One that is written with escapes goes too: it may be
     * one of an outcome. Null where nothing is left.
     */
    private static String others(String query) {
        return Arrays.stream(query.split("[&;]"))
                .filter(pair -> OTHER.matcher(pair).matches())
                .filter(pair -> !OUTCOMES.contains(pair.split("=", 2)[0].toLowerCase(Locale.ROOT)))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("&"), others -> others.isEmpty() ? null : others));
    }
}
