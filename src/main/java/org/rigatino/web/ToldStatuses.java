package org.rigatino.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.Response;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Has the API reference list each status that an operation's own words name, as a problem of RFC 9457. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ToldStatuses implements OASFilter {
    private static final Pattern STATUS = Pattern.compile("\\b(404|409|412|503)\\b");

    @Override
    public Operation filterOperation(Operation operation) {
        Stream.of(operation.getSummary(), operation.getDescription())
                .filter(text -> text != null)
                .flatMap(text -> STATUS.matcher(text).results().map(MatchResult::group))
                .filter(status -> !operation.getResponses().hasAPIResponse(status))
                .distinct()
                .toList()
                .forEach(status -> operation.getResponses().addAPIResponse(status, problem(status)));
        return operation;
    }

    private static APIResponse problem(String status) {
        return OASFactory.createAPIResponse()
                .description(
                        Response.Status.fromStatusCode(Integer.parseInt(status)).getReasonPhrase())
                .content(OASFactory.createContent()
                        .addMediaType("application/problem+json", OASFactory.createMediaType()));
    }
}
