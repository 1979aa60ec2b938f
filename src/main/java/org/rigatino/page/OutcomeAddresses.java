package org.rigatino.page;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
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
        UriInfo uri = request.getUriInfo();
        if (site != null
                && !site.equals("same-origin")
                && request.getMethod().equals(HttpMethod.GET)
                && !ProblemPage.isForPrograms(uri.getPath())
                && uri.getQueryParameters().keySet().stream().anyMatch(OUTCOMES::contains)) {
            request.abortWith(Response.seeOther(UriBuilder.fromUri(uri.getRequestUri())
                            .replaceQuery(others(uri.getRequestUri().getRawQuery()))
                            .build())
                    .build());
        }
    }

    /** A name that is written with escapes goes too: it may be one of an outcome. */
    private static String others(String query) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> OTHER.matcher(pair).matches())
                .filter(pair -> !OUTCOMES.contains(pair.split("=", 2)[0]))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("&"), others -> others.isEmpty() ? null : others));
    }
}
