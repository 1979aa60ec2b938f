package org.rigatino.assessment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.rigatino.persistence.Output;

/** Rows of {@code assessment}, one for each answer. */
@ApplicationScoped
class AssessmentRows {
    @Inject
    EntityManager entities;

    @Transactional(Transactional.TxType.MANDATORY)
    void add(long answerId) {
        entities.createNativeQuery("insert into assessment (answer_id) values (:answer)")
                .setParameter("answer", answerId)
                .executeUpdate();
    }

    /** Answers whose time has come, in the order in which they were given; none whose predecessor waits. */
    @Transactional
    List<Long> waiting(int most) {
        return entities.createNativeQuery(
                        """
                        select s.answer_id from assessment s join answer a on a.id = s.answer_id
                        where s.state = 'WAITING' and s.next_attempt_at <= now() and not exists (
                          select from assessment before where before.answer_id = a.revises and before.state = 'WAITING')
                        order by s.answer_id""",
                        Long.class)
                .setMaxResults(most)
                .getResultList();
    }

    /** @return whether it still waits, and is the caller's until the end of its transaction */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean lock(long answerId) {
        return !entities.createNativeQuery("select answer_id from assessment where answer_id = :answer"
                        + " and state = 'WAITING' for update skip locked")
                .setParameter("answer", answerId)
                .getResultList()
                .isEmpty();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void written(long answerId, Output output) {
        entities.flush();
        end(answerId, "WRITTEN", null, output.id);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void notSent(long answerId, NotSent reason) {
        end(answerId, "NOT_SENT", reason.name(), null);
    }

    private void end(long answerId, String state, String reason, Long output) {
        entities.createNativeQuery("update assessment set state = :state, reason = cast(:reason as text),"
                        + " output_id = cast(:output as bigint), last_error = null, next_attempt_at = null"
                        + " where answer_id = :answer")
                .setParameter("state", state)
                .setParameter("reason", reason)
                .setParameter("output", output)
                .setParameter("answer", answerId)
                .executeUpdate();
    }

    /** Tried again after a second, two, four and so on, ten minutes at most. */
    @Transactional
    void failed(long answerId, String cause) {
        entities.createNativeQuery("update assessment set attempts = attempts + 1, last_error = cast(:cause as text),"
                        + " next_attempt_at = now() + least(power(2, least(attempts, 10)), 600) * interval '1 second'"
                        + " where answer_id = :answer and state = 'WAITING'")
                .setParameter("cause", cause)
                .setParameter("answer", answerId)
                .executeUpdate();
    }

    /** The latest assessment that was made of what the answer revises, over all that was not sent. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Output> predecessor(long answerId) {
        return entities
                .createNativeQuery(
                        """
                        with recursive earlier (id, depth) as (
                          select revises, 1 from answer where id = :answer and revises is not null
                          union all
                          select a.revises, depth + 1 from earlier join answer a on a.id = earlier.id where a.revises is not null)
                        select o.* from earlier join assessment s on s.answer_id = earlier.id join output o on o.id = s.output_id
                        order by depth limit 1""",
                        Output.class)
                .setParameter("answer", answerId)
                .getResultList()
                .stream()
                .findFirst();
    }

    /**
     * The number of a person in archives; drawn where they have none, at random: a record that comes back from a backup does
     * not give one to somebody else that an archive has.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    long number(String name) {
        entities.createNativeQuery("insert into assessment_observer (number, name) overriding system value"
                        + " values (floor(random() * 1e9)::bigint, :name) on conflict (name) do nothing")
                .setParameter("name", name)
                .executeUpdate();
        return (Long)
                entities.createNativeQuery("select number from assessment_observer where name = :name", Long.class)
                        .setParameter("name", name)
                        .getSingleResult();
    }
}
