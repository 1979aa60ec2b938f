package org.rigatino.identity;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.OnceAnHour;

/**
 * Patients whom merges by HL7, or the IDs of an update, join: what images or messages say of the one decides over what is shown of the other's studies. Images
 * leave a mark in their own transaction, which has the locks of their studies alone; the others are shown anew in one of their
 * own, behind the lock of the messages (ADR 64).
 */
@ApplicationScoped
public class JoinedPatients {
    private static final Logger LOG = Logger.getLogger(JoinedPatients.class);
    private static final int AT_ONCE = 50;
    private static final String NOT_YET =
            "studies of patients whom HL7 messages join are not shown anew yet, which is tried again";

    /** The IDs of all merges that lead to these, or from these on, and of updates that are of these too, whoever issued them. */
    private static final String JOINED =
            """
            with recursive joined (id) as (
              select unnest(cast(? as text[]))
              union
              select other.id from joined cross join lateral (
                select m.patient_id as id from patient_message m
                  where m.prior_id = joined.id and m.prior_id <> '' and m.kind = 'MERGE' and m.voided_at is null
                union all
                select m.prior_id from patient_message m
                  where m.patient_id = joined.id and m.kind = 'MERGE' and m.voided_at is null
                union all
                select s.patient_id from patient_message m join patient_message s on s.voided_at is null and\s"""
                    + PatientMessages.SAID_WITH
                    + """
                  where m.patient_id = joined.id) other)
            select id from joined where id <> '' limit ?""";

    /** By study, with its IDs that a message is of: of others nothing is shown but what their own images say. */
    private static final String MARKS =
            "select m.study_instance_uid, array_agg(m.id), array(select distinct s.patient_id from identity_statement s"
                    + " where s.study_instance_uid = m.study_instance_uid and s.patient_id <> '' and (exists"
                    + " (select 1 from patient_message p where p.patient_id = s.patient_id and p.voided_at is null)"
                    + " or exists (select 1 from patient_message p where p.prior_id = s.patient_id and p.prior_id <> ''"
                    + " and p.voided_at is null))) from (select id, study_instance_uid from identity_said order by id limit "
                    + AT_ONCE + ") m group by m.study_instance_uid order by min(m.id)";

    private final OnceAnHour tooMany = new OnceAnHour();

    @Inject
    DataSource dataSource;

    @Inject
    TransactionSynchronizationRegistry transaction;

    @Inject
    AuditTrail audit;

    /** Of a study of which images said something new, or a person said who of those whom they name is right, in their transaction. */
    static void mark(Connection connection, Set<String> studies) throws SQLException {
        if (!PatientMessages.areTaken() || studies.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into identity_said (study_instance_uid) select unnest(cast(? as text[]))")) {
            insert.setArray(1, connection.createArrayOf("text", studies.toArray()));
            insert.executeUpdate();
        }
    }

    /** Those IDs, and those that messages join with one of them, up to so many. */
    static String[] ids(Connection connection, int most, String... ids) throws SQLException {
        List<String> joined = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(JOINED)) {
            select.setArray(1, connection.createArrayOf("text", ids));
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    joined.add(rows.getString(1));
                }
            }
        }
        return joined.toArray(String[]::new);
    }

    /** Where it fails the marks stay, and it is tried again. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void look() {
        try {
            while (PatientMessages.areTaken() && areAny()) {
                showAnew();
            }
        } catch (SQLException e) {
            LOG.warnf("%s: the database says %s", NOT_YET, e.getSQLState());
        } catch (RuntimeException e) {
            LOG.warnf("%s: %s", NOT_YET, e.getClass().getName());
        }
    }

    private boolean areAny() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select 1 from identity_said limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** Takes marks until their studies are as many as one transaction may lock. */
    @Transactional(rollbackOn = Exception.class)
    void showAnew() throws SQLException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<AuditTrail.Event> events = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            PatientCorrections.lock(connection);
            Set<String> studies = new LinkedHashSet<>();
            for (Mark mark : marks(connection)) {
                if (studies.size() >= JoinedStudies.MOST) {
                    break;
                }
                delete(connection, mark);
                if (mark.ids().length > 0) {
                    JoinedStudies joined = JoinedStudies.ofImages(connection, mark.ids());
                    studies.addAll(joined.studies());
                    if (!joined.all()) {
                        tellOfTooMany(mark.study(), events);
                    }
                }
            }
            PatientCorrections.lock(connection, List.copyOf(studies));
            for (String study : studies) {
                show(connection, study, now, events);
            }
        }
        audit.append(events);
    }

    private static void show(Connection connection, String study, Instant now, List<AuditTrail.Event> events)
            throws SQLException {
        ShownRows.Change change = ShownRows.show(connection, study, now);
        if (change.lapsed()) {
            events.add(IdentityRows.lapsed(study));
        } else if (change.changed()) {
            events.add(new AuditTrail.Event(
                    EventKind.PATIENT_CORRECTED,
                    study,
                    null,
                    "images came of its patient, or of one whom messages join with its patient, or a person said whose"
                            + " images are"));
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

    /** That images of a study said something new, or others of them count, once or several times. */
    private record Mark(String study, Array rows, String[] ids) {}

    private static List<Mark> marks(Connection connection) throws SQLException {
        List<Mark> marks = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(MARKS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                marks.add(new Mark(rows.getString(1), rows.getArray(2), (String[])
                        rows.getArray(3).getArray()));
            }
        }
        return marks;
    }

    private static void delete(Connection connection, Mark mark) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from identity_said where id = any (?)")) {
            delete.setArray(1, mark.rows());
            delete.executeUpdate();
        }
    }
}
