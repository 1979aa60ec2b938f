package org.rigatino.web;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.rigatino.refusal.Conflict;
import org.rigatino.refusal.Unknown;
import org.rigatino.refusal.Wrong;

/** Acts that were refused, as REST answers them. What is thrown without a reason is a fault of ours, 500. */
public final class RefusedAct {
    private RefusedAct() {}

    /** For what was entered. */
    @Provider
    public static final class OfWrong extends ExceptionMapperBase<Wrong> {
        @Override
        protected HttpProblem toProblem(Wrong refused) {
            return HttpProblem.valueOf(Response.Status.BAD_REQUEST, refused.getMessage());
        }
    }

    /** For what is not there. */
    @Provider
    public static final class OfUnknown extends ExceptionMapperBase<Unknown> {
        @Override
        protected HttpProblem toProblem(Unknown refused) {
            return HttpProblem.valueOf(Response.Status.NOT_FOUND, refused.getMessage());
        }
    }

    /** For how things stand. */
    @Provider
    public static final class OfConflict extends ExceptionMapperBase<Conflict> {
        @Override
        protected HttpProblem toProblem(Conflict refused) {
            return HttpProblem.valueOf(Response.Status.CONFLICT, refused.getMessage());
        }
    }
}
