package org.rigatino.rejection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;
import org.rigatino.persistence.Output;

/** Rows of {@code rejection_note}, one for each revision that took the place of others and each destination that has of it. */
@ApplicationScoped
class RejectionNoteRows {
    /** SQL that holds of a row {@code r} of a revision {@code s}: whatever of it goes to the destination has come to an end there. */
    private static final String ALL_ENDED = "s.state not in ('READY', 'RESTORING', 'RESTORED') and not exists"
            + " (select 1 from delivery d join output o on o.id = d.output_id where d.study_id = r.study_id"
            + " and d.destination = r.destination and d.state in ('PENDING', 'SENT') and " + Output.OF_STUDY + ")";

    @Inject
    Session entities;

    /** Of one revision at one destination. */
    record Row(long studyId, String destination) {}

    /** One more object of the revision is proved to be there. What was not sent for another's sake is looked at once more. */
    @Transactional(Transactional.TxType.MANDATORY)
    void confirmed(Row row) {
        entities.createNativeQuery(
                        """
                        insert into rejection_note (study_id, destination) values (:study, :destination)
                        on conflict (study_id, destination) do update
                          set state = 'WAITING', reason = null, next_attempt_at = now()
                          where rejection_note.state = 'NOT_SENT'""")
                .setParameter("study", row.studyId())
                .setParameter("destination", row.destination())
                .executeUpdate();
    }

    /** Whose time has come, the longest due first. */
    @Transactional
    List<Row> due(int most) {
        return entities.createNativeQuery(
                        "select r.study_id, r.destination from rejection_note r join study s on s.id = r.study_id"
                                + " where r.state = 'WAITING' and r.next_attempt_at <= now() and " + ALL_ENDED
                                + " order by r.next_attempt_at, r.study_id",
                        Row.class)
                .setMaxResults(most)
                .getResultList();
    }

    /** @return whether it waits still, and is the caller's until the end of its transaction */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean lock(Row row) {
        return !entities.createNativeQuery("select study_id from rejection_note where study_id = :study"
                        + " and destination = :destination and state = 'WAITING' for update skip locked")
                .setParameter("study", row.studyId())
                .setParameter("destination", row.destination())
                .getResultList()
                .isEmpty();
    }

    /** @param named which the note names; no other names them at the destination from now on */
    @Transactional(Transactional.TxType.MANDATORY)
    void written(Row row, Output note, List<Long> named) {
        entities.flush();
        end(row, "WRITTEN", null, note.id);
        entities.createNativeQuery("insert into rejected_object (output_id, destination, note_id)"
                        + " select unnest(cast(:named as bigint[])), :destination, :note"
                        + " on conflict (output_id, destination) do update set note_id = excluded.note_id")
                .setParameter("named", named.toArray(Long[]::new))
                .setParameter("destination", row.destination())
                .setParameter("note", note.id)
                .executeUpdate();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void notSent(Row row, NotSent reason) {
        end(row, "NOT_SENT", reason.name(), null);
    }

    private void end(Row row, String state, String reason, Long output) {
        entities.createNativeQuery("update rejection_note set state = :state, reason = cast(:reason as text),"
                        + " output_id = cast(:output as bigint), last_error = null, next_attempt_at = null"
                        + " where study_id = :study and destination = :destination")
                .setParameter("state", state)
                .setParameter("reason", reason)
                .setParameter("output", output)
                .setParameter("study", row.studyId())
                .setParameter("destination", row.destination())
                .executeUpdate();
    }

    /** Tried again after two seconds, four, eight and so on, ten minutes at most. */
    @Transactional
    void failed(Row row, String cause) {
        entities.createNativeQuery(
                        "update rejection_note set attempts = attempts + 1, last_error = cast(:cause as text),"
                                + " next_attempt_at = now() + least(power(2, least(attempts + 1, 10)), 600) * interval '1 second'"
                                + " where study_id = :study and destination = :destination and state = 'WAITING'")
                .setParameter("cause", cause)
                .setParameter("study", row.studyId())
                .setParameter("destination", row.destination())
                .executeUpdate();
    }
}
