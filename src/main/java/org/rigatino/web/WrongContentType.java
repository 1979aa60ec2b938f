package org.rigatino.web;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;

/** 415 with the Content-Type that is asked for: what resources say, or else JSON below {@code /api} and a form for pages. */
@Provider
public class WrongContentType extends ExceptionMapperBase<NotSupportedException> {
    @Context
    UriInfo uri;

    @Context
    Request request;

    @Inject
    ConsumedTypes consumed;

    private static String usual(String path) {
        return path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    }

    @Override
    protected HttpProblem toProblem(NotSupportedException refused) {
        String path = uri.getPath();
        String said = consumed.of(request.getMethod(), path);
        return HttpProblem.valueOf(
                Response.Status.UNSUPPORTED_MEDIA_TYPE,
                path.startsWith("/dicom-web")
                        ? refused.getMessage()
                        : "the Content-Type of the body is not taken here: "
                                + (said.isEmpty() ? usual(path) : said)
                                + " is asked for");
    }
}
