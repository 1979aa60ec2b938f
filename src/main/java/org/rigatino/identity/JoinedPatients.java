package org.rigatino.identity;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

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
            select id from joined where id <> ''""";

    private static final String TAKE =
            "with taken as (delete from identity_said where id in (select id from identity_said"
                    + " order by id limit " + AT_ONCE
                    + ") returning study_instance_uid) select distinct s.patient_id from taken"
                    + " join identity_statement s using (study_instance_uid) where s.patient_id <> ''";

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /** Of a study of which images said something new, in their transaction. */
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

    /** Those IDs, and all that merges join with one of them. */
    static String[] ids(Connection connection, String... ids) throws SQLException {
        List<String> joined = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(JOINED)) {
            select.setArray(1, connection.createArrayOf("text", ids));
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

    @Transactional(rollbackOn = Exception.class)
    void showAnew() throws SQLException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<AuditTrail.Event> events = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            PatientCorrections.lock(connection);
            String[] joined = joinedWithOthers(connection, taken(connection));
            List<String> studies = PatientCorrections.studies(connection, Integer.MAX_VALUE, joined);
            PatientCorrections.lock(connection, studies);
            for (String study : studies) {
                ShownRows.Change change = ShownRows.show(connection, study, now);
                if (change.lapsed()) {
                    events.add(IdentityRows.lapsed(study));
                } else if (change.changed()) {
                    events.add(new AuditTrail.Event(
                            EventKind.PATIENT_CORRECTED,
                            study,
                            null,
                            "images came of a patient whom messages join with this one's"));
                }
            }
        }
        audit.append(events);
    }

    /** Of those alone there is nobody else to be shown anew. */
    private static String[] joinedWithOthers(Connection connection, String... said) throws SQLException {
        Set<String> joined = new HashSet<>();
        for (String id : said) {
            String[] all = joined.contains(id) ? new String[0] : ids(connection, id);
            joined.addAll(all.length > 1 ? List.of(all) : List.of());
        }
        return joined.toArray(String[]::new);
    }

    private static String[] taken(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement take = connection.prepareStatement(TAKE);
                ResultSet rows = take.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids.toArray(String[]::new);
    }
}
