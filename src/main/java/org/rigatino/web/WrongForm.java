package org.rigatino.web;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.handlers.FormBodyHandler;

/**
 * A form that cannot be read, which Quarkus throws about in exceptions of no kind of their own and answers as a fault of the server:
 * only where they come from tells them. Never a value, which may be of a patient. All else is a fault of ours, 500.
 */
@Provider
public class WrongForm extends ExceptionMapperBase<RuntimeException> {
    @Override
    protected HttpProblem toProblem(RuntimeException thrown) {
        if (!isOfForm(thrown)) {
            return HttpProblem.valueOf(Response.Status.INTERNAL_SERVER_ERROR);
        }
        return String.valueOf(thrown.getMessage()).contains(" limit ")
                ? HttpProblem.valueOf(
                        Response.Status.REQUEST_ENTITY_TOO_LARGE,
                        "the form has more fields than quarkus.http.limits.max-form-fields lets it: send fewer")
                : HttpProblem.valueOf(
                        Response.Status.BAD_REQUEST,
                        "the form cannot be decoded: a % begins two hexadecimal digits, and parts are as RFC 7578 has them");
    }

    /** Where a part of it could not be kept, it is the server that is at fault. */
    private static boolean isOfForm(RuntimeException thrown) {
        boolean kept =
                !(thrown.getCause() instanceof IOException) || thrown.getCause() instanceof CharacterCodingException;
        return kept
                && Arrays.stream(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(FormBodyHandler.class.getName()));
    }
}
