package org.rigatino.web;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;

/** 415 with the Content-Type that is asked for. Bodies of {@code /api} are JSON, those of pages are forms. */
@Provider
public class WrongContentType extends ExceptionMapperBase<NotSupportedException> {
    @Context
    UriInfo uri;

    @Override
    protected HttpProblem toProblem(NotSupportedException refused) {
        String path = uri.getPath();
        return HttpProblem.valueOf(
                Response.Status.UNSUPPORTED_MEDIA_TYPE,
                path.startsWith("/dicom-web")
                        ? refused.getMessage()
                        : "the Content-Type of the body is not taken here: "
                                + (path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded")
                                + " is asked for");
    }
}
