package org.rigatino.access;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Begins a transaction anew that PostgreSQL ended though nothing was wrong with it, around the one that it is in. What is called
 * within a transaction already is its caller's to repeat.
 */
@Interceptor
@PersonsAct
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class RepeatedActs {
    private static final Logger LOG = Logger.getLogger(RepeatedActs.class);

    static final int MOST = 5;

    /** serialization_failure, deadlock_detected, lock_not_available. */
    private static final Set<String> ENDED_FOR_OTHERS = Set.of("40001", "40P01", "55P03");

    @Inject
    TransactionSynchronizationRegistry transaction;

    @AroundInvoke
    Object around(InvocationContext act) throws Exception {
        return transaction.getTransactionStatus() == Status.STATUS_NO_TRANSACTION
                ? repeated(act::proceed)
                : act.proceed();
    }

    /** {@value #MOST} times at most. */
    static <T> T repeated(Callable<T> act) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return act.call();
            } catch (Exception e) {
                String state =
                        states(e).filter(ENDED_FOR_OTHERS::contains).findFirst().orElse(null);
                if (state == null || attempt == MOST) {
                    throw e;
                }
                LOG.infof(
                        "the database ended a person's act for the sake of another, SQLSTATE %s: it is repeated",
                        state);
            }
        }
    }

    /** Of what it came from: a transaction that fails as it commits suppresses why. */
    private static Stream<String> states(Throwable problem) {
        return problem == null
                ? Stream.empty()
                : Stream.of(
                                Stream.of(problem)
                                        .filter(SQLException.class::isInstance)
                                        .map(found -> ((SQLException) found).getSQLState())
                                        .filter(Objects::nonNull),
                                states(problem.getCause()),
                                Arrays.stream(problem.getSuppressed()).flatMap(RepeatedActs::states))
                        .flatMap(state -> state);
    }
}
