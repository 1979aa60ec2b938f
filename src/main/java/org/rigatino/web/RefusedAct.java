package org.rigatino.web;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.rigatino.refusal.Conflict;
import org.rigatino.refusal.Unknown;
import org.rigatino.refusal.Wrong;
import org.rigatino.study.ActRefusedException;

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
            HttpProblem.Builder problem = HttpProblem.builder()
                    .withStatus(Response.Status.CONFLICT)
                    .withTitle(Response.Status.CONFLICT.getReasonPhrase())
                    .withDetail(refused.getMessage());
            refused.more().forEach(problem::with);
            return problem.build();
        }
    }

    /** On a study. */
    @Provider
    public static final class OnStudy extends ExceptionMapperBase<ActRefusedException> {
        @Override
        protected HttpProblem toProblem(ActRefusedException refused) {
            boolean unknown = refused.reason() == ActRefusedException.Reason.UNKNOWN_STUDY;
            return HttpProblem.valueOf(
                    unknown ? Response.Status.NOT_FOUND : Response.Status.CONFLICT, refused.getMessage());
        }
    }
}
