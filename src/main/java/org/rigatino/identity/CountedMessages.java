package org.rigatino.identity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessages.Imagined;

/** Reads the messages that a patient is followed by: of the ID, of those that merges lead to from it, and of all that were merged into those. */
final class CountedMessages {
    /** IDs and messages of one patient: what is beyond it cannot be followed in the time that others wait. */
    private static final int MOST = 1000;

    /** Of which updates that say again what was said last are more than the rest, as of a patient who comes each week. */
    private static final int MOST_READ = 20 * MOST;

    private static final String COUNTS = " (%1$s.voided_at is null or exists (select 1 from patient_message h"
            + " where h.id = ? and " + MessagesAgain.areHeldTogether("h", "%1$s") + ")) and not exists (select 1"
            + " from patient_message w where w.id = ? and " + MessagesAgain.areSame("w", "%1$s") + ")";

    /** Whoever issued them; from each ID once, so that circles end. */
    private static final String IDS = "with recursive forth (id) as (select cast(? as text) union"
            + " select m.patient_id from forth join patient_message m on m.prior_id = forth.id and m.prior_id <> ''"
            + " and m.kind = 'MERGE' and" + COUNTS.formatted("m")
            + "), back (id) as (select id from forth union"
            + " select m.prior_id from back join patient_message m on m.patient_id = back.id and m.prior_id <> ''"
            + " and m.kind = 'MERGE' and" + COUNTS.formatted("m") + ") select id from back limit " + (MOST + 1);

    private static final String OTHERS = "array(select s.%s from patient_message s where " + PatientMessages.SAID_WITH
            + " and s.id <> m.id and" + COUNTS.formatted("s") + " order by s.id)";

    /**
     * Of updates of one name, birth date and sex that follow each other, of each ID the first and the last alone: what is between changes
     * nothing. What is in doubt stays, since whether it still is has to be told.
     */
    private static final String READ =
            """
            select kind, event_at, patient_id, issuer, prior_id, prior_issuer, patient_name, patient_birth_date, patient_sex,
              until, ids, issuers, id, let_in
            from (
              select runs.*, row_number() over same as place, lead(until) over same as until_next
              from (
                select begun.*, count(*) filter (where begins) over (order by event_at, id) as run
                from (
                  select m.*, coalesce(event_until, event_at) as until, %s as ids, %s as issuers,
                    let_in_at is not null or voided_at is not null as let_in, count(*) over () as read,
                    kind = 'MERGE' or array[patient_name, patient_birth_date, patient_sex] is distinct from
                      lag(array[patient_name, patient_birth_date, patient_sex]) over (order by event_at, id) as begins
                  from (select m.* from patient_message m
                    where %s and (patient_id = any (?) or prior_id <> '' and prior_id = any (?)) limit %d) m) begun) runs
              window same as (partition by run, kind, patient_id, issuer, ids, issuers, let_in order by event_at, id)) said
            where (kind = 'UPDATE' and place > 1 and until <= until_next
              and id not in (select message from patient_doubt) and read <= %d) is not true
            order by event_at, id limit %d"""
                    .formatted(
                            OTHERS.formatted("patient_id"),
                            OTHERS.formatted("issuer"),
                            COUNTS.formatted("m"),
                            MOST_READ + 1,
                            MOST_READ,
                            MOST + 1);

    private CountedMessages() {}

    /**
     * A message that counts.
     *
     * @param others IDs of which it says the same
     * @param letIn whether a person has said that it does, after one of them took it back; as is imagined of one that is held
     */
    record Counted(long number, PatientMessage message, Set<Id> others, boolean letIn) {}

    /** In the order of their events; empty where they are too many. */
    static Optional<List<Counted>> of(Connection connection, String id, Imagined imagined) throws SQLException {
        Set<String> ids = ids(connection, id, imagined);
        if (ids.size() > MOST) {
            return Optional.empty();
        }
        List<Counted> read = read(connection, ids, imagined);
        return read.size() > MOST ? Optional.empty() : Optional.of(read);
    }

    private static Set<String> ids(Connection connection, String id, Imagined imagined) throws SQLException {
        long with = imagined.with();
        long without = imagined.without();
        return new HashSet<>(Sql.texts(connection, IDS, id, with, without, with, without));
    }

    private static List<Counted> read(Connection connection, Set<String> ids, Imagined imagined) throws SQLException {
        long with = imagined.with();
        long without = imagined.without();
        return Sql.list(
                connection,
                READ,
                row -> new Counted(row.getLong(13), PatientMessages.message(row), others(row), row.getBoolean(14)),
                with,
                without,
                with,
                without,
                with,
                without,
                ids,
                ids);
    }

    private static Set<Id> others(ResultSet row) throws SQLException {
        String[] ids = (String[]) row.getArray(11).getArray();
        String[] issuers = (String[]) row.getArray(12).getArray();
        return IntStream.range(0, ids.length)
                .mapToObj(i -> new Id(ids[i], issuers[i]))
                .collect(Collectors.toSet());
    }
}
