package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.OnceAnHour;

/**
 * Rows of identity_said: of whose patient images say another thing, or another of them counts. Triggers of identity_statement and
 * study_patient write them, in the transaction of whoever changes those (ADR 92). What is joined with them is due then. Which IDs
 * something was deleted of is kept as long as a message has them: such a mark is as good as a row of identity_gone until it is taken
 * (ADR 104).
 */
@ApplicationScoped
public class IdentityMarks implements WaitingRows {
    private static final int AT_ONCE = 50;

    /** IDs of what was deleted, as far as a message has them: the doubts of those that lead to them stay (ADR 97). The others are forgotten. */
    private static final String GONE =
            """
            insert into identity_gone (patient_id)
              select distinct deleted.id from due, unnest(due.patient_ids) deleted (id)
              where exists (select from patient_message m where m.patient_id = deleted.id)
                or exists (select from patient_message m where m.prior_id = deleted.id and m.prior_id <> '')
              order by deleted.id on conflict do nothing""";

    private static final String FORGET = "with due as (delete from identity_said returning patient_ids) " + GONE;

    /** With IDs that a message is of: of others nothing is shown but what their own images say. */
    private static final String TAKE =
            """
            with due as (delete from identity_said where id = any (?) returning id, study_instance_uid, patient_ids),
            gone as ("""
                    + GONE
                    + """
            )
            select d.study_instance_uid, array(
                select said.id from (
                  select s.patient_id as id from identity_statement s where s.study_instance_uid = d.study_instance_uid
                  union
                  select unnest(gone.patient_ids) from due gone where gone.study_instance_uid = d.study_instance_uid) said
                where said.id <> '' and (
                  exists (select 1 from patient_message p where p.patient_id = said.id and p.voided_at is null)
                  or exists (select 1 from patient_message p where p.prior_id = said.id and p.prior_id <> ''
                    and p.voided_at is null)))
            from due d group by d.study_instance_uid order by min(d.id)""";

    /** With IDs of which something was deleted. */
    private static final String END =
            "with due as (delete from identity_said where marked_at < ? returning patient_ids), gone as (" + GONE
                    + ") select count(*) from due";

    private final OnceAnHour tooMany = new OnceAnHour();

    @Inject
    DataSource dataSource;

    @Inject
    TransactionSynchronizationRegistry transaction;

    @Inject
    AuditTrail audit;

    /** One study's, once or several times. */
    private record Mark(String study, String[] ids) {}

    @Override
    public String table() {
        return "identity_said";
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    /** Locks no study. */
    @Override
    @Transactional(rollbackOn = Exception.class)
    public void take(List<Long> rows, Instant at) throws SQLException {
        List<AuditTrail.Event> events = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            Set<String> studies = new LinkedHashSet<>();
            for (Mark mark : take(connection, rows)) {
                if (mark.ids().length > 0) {
                    JoinedStudies joined = JoinedStudies.ofImages(connection, mark.ids());
                    studies.addAll(joined.studies());
                    if (!joined.all()) {
                        tellOfTooMany(mark.study(), events);
                    }
                }
            }
            DueStudies.add(connection, List.copyOf(studies), List.of());
        }
        audit.append(events);
    }

    private static List<Mark> take(Connection connection, List<Long> rows) throws SQLException {
        return Sql.list(
                connection,
                TAKE,
                row -> new Mark(row.getString(1), (String[]) row.getArray(2).getArray()),
                Sql.numbers(rows));
    }

    /** Where no messages are taken none joins anybody. */
    @Transactional(rollbackOn = Exception.class)
    void forget() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            Sql.change(connection, FORGET);
        }
    }

    /**
     * Ends those of before, which nobody can take any more: no process takes messages of patients, and none has the role listener, which would
     * forget them; or taking one fails each minute, of which the alert on patients that wait tells. What they join is shown as it was.
     *
     * @return how many
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int endBefore(Instant before) {
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            return Sql.list(connection, END, row -> row.getInt(1), before).get(0);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("marked no more", e);
        }
    }

    /** Each series may say something new, and the trail is not to be full of it. */
    private void tellOfTooMany(String study, List<AuditTrail.Event> events) {
        if (tooMany.isNew(study, transaction)) {
            String detail = JoinedStudies.TOO_MANY
                    + ": of its patient, or of those whom messages join with it, are more than " + JoinedStudies.MOST
                    + " IDs or studies, of which not all are shown anew; told once an hour";
            events.add(new AuditTrail.Event(EventKind.PATIENT_NOT_CORRECTED, study, null, detail));
            tooMany.recorded(study, transaction);
        }
    }
}
