package org.rigatino.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.StudiesOfOrder;

/**
 * Writes reports. By JDBC, since Hibernate logs what the database says of an error, which quotes values; exceptions have the
 * database's state and not its message. It takes no lock of a study: which study is meant is asked when it is read.
 */
@ApplicationScoped
public class ReportRows {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String INSERT = "insert into report (received_at, sending_application, sending_facility,"
            + " control_id, status, reported_at, accession_number, patient_ids, issuers, birth_date, content, salt,"
            + " content_sha256, reported_until, sent_at, parts_not_shown, patient_name, name_words,"
            + " patient_sex, interpreter) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning id";

    private static final String STUDIES = "select i.study_instance_uid from report r join study_identity i on "
            + StudiesOfOrder.MATCHES + " where r.id = ? order by 1 limit 20";

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /** So many came of late that further ones are not kept. */
    public static final class FullException extends Exception {
        FullException(int most) {
            super("there are " + most
                    + " reports of the last rigatino.retention.unmatched-reports (rigatino.hl7.listen.max-reports)");
        }
    }

    /**
     * Keeps all of a message or nothing, and what is kept already once.
     *
     * @param most reports that are not settled, with these
     * @return how many are new
     */
    @Transactional(rollbackOn = Exception.class)
    public int record(ReportSender sender, List<ReceivedReport> reports, int most, Instant at) throws FullException {
        List<AuditTrail.Event> events = new ArrayList<>();
        int kept = 0;
        try (Connection connection = dataSource.getConnection()) {
            requireRoom(connection, most, reports.size());
            for (ReceivedReport report : reports) {
                byte[] salt = new byte[16];
                RANDOM.nextBytes(salt);
                Long id = insert(connection, sender, report, salt, at);
                if (id != null) {
                    kept++;
                    events.addAll(events(studies(connection, id), sender, id, report, salt));
                }
            }
        } catch (SQLException e) {
            throw withoutValues("recorded", e);
        }
        audit.append(events);
        return kept;
    }

    private static void requireRoom(Connection connection, int most, int more) throws SQLException, FullException {
        try (PreparedStatement count = connection.prepareStatement(
                "select count(*) from (select 1 from report where settled_at is null limit ?) as unsettled")) {
            count.setInt(1, most);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                if (row.getInt(1) + more > most) {
                    throw new FullException(most);
                }
            }
        }
    }

    /** Null where it is there already. */
    private static Long insert(
            Connection connection, ReportSender sender, ReceivedReport report, byte[] salt, Instant at)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, at.atOffset(ZoneOffset.UTC));
            insert.setString(2, sender.application());
            insert.setString(3, sender.facility());
            insert.setString(4, sender.controlId());
            insert.setString(5, report.status().name());
            insert.setObject(6, report.reportedAt().atOffset(ZoneOffset.UTC));
            insert.setString(7, report.accessionNumber());
            insert.setArray(8, connection.createArrayOf("text", report.ids()));
            insert.setArray(9, connection.createArrayOf("text", report.issuers()));
            insert.setString(10, report.birthDate());
            insert.setString(11, report.content());
            insert.setBytes(12, salt);
            insert.setString(13, report.identity());
            insert.setObject(14, report.reportedUntil().atOffset(ZoneOffset.UTC));
            insert.setObject(
                    15, report.sentAt() == null ? null : report.sentAt().atOffset(ZoneOffset.UTC));
            insert.setInt(16, report.partsNotShown());
            insert.setString(17, report.patientName());
            insert.setArray(18, connection.createArrayOf("text", StudiesOfOrder.nameWords(report.patientName())));
            insert.setString(19, report.patientSex());
            insert.setString(20, report.interpreter());
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    private static List<String> studies(Connection connection, long id) throws SQLException {
        List<String> studies = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(STUDIES)) {
            Reports.bindAuthority(select, 1, 2);
            select.setLong(3, id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    studies.add(rows.getString(1));
                }
            }
        }
        return studies;
    }

    private static List<AuditTrail.Event> events(
            List<String> studies, ReportSender sender, long id, ReceivedReport report, byte[] salt) {
        String detail = "report " + id + ", " + report.status() + ", salted sha256 " + report.sha256(salt);
        if (studies.isEmpty()) {
            return List.of(event(null, sender, detail + ", of no study that is here now"));
        }
        return studies.stream().map(study -> event(study, sender, detail)).toList();
    }

    private static AuditTrail.Event event(String study, ReportSender sender, String detail) {
        return new AuditTrail.Event(EventKind.REPORT_RECEIVED, study, sender.name(), detail).from(sender.address());
    }

    static IllegalStateException withoutValues(String what, SQLException e) {
        return new IllegalStateException(
                "reports cannot be " + what, new SQLException("the database says " + e.getSQLState(), e.getSQLState()));
    }
}
