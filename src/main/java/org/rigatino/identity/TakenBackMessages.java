package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;

/**
 * Lets an administrator take back an update or a merge of a patient that was wrong or forged: its studies are shown without it; and let in
 * what comes again.
 */
@ApplicationScoped
public class TakenBackMessages {
    /** Of those that are listed. */
    public static final int MOST = 50;

    private static final String SELECT =
            "select id, kind, event_at, received_at, sending_application, sending_facility,"
                    + " voided_at, voided_by, repeats, let_in_at, let_in_by from patient_message ";

    private static final String LIST = SELECT + "order by id desc limit " + MOST;

    private static final String COPIES = " from patient_message one where one.id = ? and m.patient_id = one.patient_id"
            + " and m.content_sha256 = one.content_sha256";

    private static final String RETURNING = " returning m.kind, m.patient_id, m.prior_id";

    private static final String LET_IN = "update patient_message m set voided_at = null, voided_by = null,"
            + " let_in_at = ?, let_in_by = ?" + COPIES + " and one.repeats is not null and one.let_in_at is null"
            + " and m.repeats is not null and m.let_in_at is null" + RETURNING;

    private static final String VOID = "update patient_message m set voided_at = ?, voided_by = ?" + COPIES
            + " and one.voided_at is null and m.voided_at is null" + RETURNING;

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /** The last that came, without whose they are. */
    @Transactional
    public List<PatientMessageView> list() {
        List<PatientMessageView> found = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(LIST);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(view(rows));
            }
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("listed", e);
        }
        return found;
    }

    private static PatientMessageView view(ResultSet row) throws SQLException {
        String facility = row.getString(6);
        return new PatientMessageView(
                row.getLong(1),
                Kind.valueOf(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                facility.isEmpty() ? row.getString(5) : row.getString(5) + "|" + facility,
                time(row, 7),
                row.getString(8),
                row.getObject(9, Long.class),
                time(row, 10),
                row.getString(11));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /**
     * What taking back a message, or letting in one that is held, would change.
     *
     * @param studies by Study Instance UID, each with the attributes of its patient that would be shown otherwise
     */
    public record Effect(PatientMessageView message, Map<String, List<IdentityAttribute>> studies) {}

    /** Without a value of anybody; empty where there is no such message. */
    @Transactional
    public Optional<Effect> effect(long id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        SELECT.replace(" from", ", patient_id, prior_id from") + "where id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Effect(
                                view(row), studies(connection, view(row), row.getString(12), row.getString(13))))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("listed", e);
        }
    }

    private static Map<String, List<IdentityAttribute>> studies(
            Connection connection, PatientMessageView message, String patient, String prior) throws SQLException {
        PatientMessages.Imagined imagined = message.isHeld()
                ? new PatientMessages.Imagined(-1, message.id())
                : new PatientMessages.Imagined(message.id(), -1);
        Map<String, List<IdentityAttribute>> changed = new TreeMap<>();
        for (String study : PatientCorrections.joined(connection, patient, prior)) {
            List<IdentityAttribute> attributes = ShownRows.wouldChange(connection, study, imagined);
            if (!attributes.isEmpty()) {
                changed.put(study, attributes);
            }
        }
        return changed;
    }

    /**
     * What was done.
     *
     * @param copies of the same content that came too, under another MSH-10 or from another sender
     * @param studies that are shown otherwise now
     */
    public record Settled(int copies, int studies) {}

    /** With all of its content that count; empty where there is no such message, or it was taken back before. */
    @Transactional(rollbackOn = Exception.class)
    public Optional<Settled> takeBack(long id, Actor by, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            PatientCorrections.lock(connection);
            return changed(connection, VOID, EventKind.PATIENT_MESSAGE_TAKEN_BACK, id, by, at);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("shown without a message", e);
        }
    }

    /** With all of its content that are held; empty where there is no such message, or it is not held. */
    @Transactional(rollbackOn = Exception.class)
    public Optional<Settled> letIn(long id, Actor by, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            PatientCorrections.lock(connection);
            return changed(connection, LET_IN, EventKind.PATIENT_MESSAGE_LET_IN, id, by, at);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("shown with a message", e);
        }
    }

    private Optional<Settled> changed(
            Connection connection, String change, EventKind kind, long id, Actor by, Instant at) throws SQLException {
        List<Changed> messages = change(connection, change, id, by, at);
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        int copies = messages.size() - 1;
        String detail = messages.get(0).kind() + ", message " + id
                + (copies == 0 ? "" : ", with " + copies + " more of the same content");
        return Optional.of(new Settled(copies, show(connection, detail, messages.get(0), kind, by, at)));
    }

    /**
     * Where the site takes no messages any more, shows studies as their images say.
     *
     * @param most of them
     * @return how many were corrected until now
     */
    @Transactional(rollbackOn = Exception.class)
    public int endCorrections(int most, Instant at) {
        if (PatientMessages.areTaken()) {
            return 0;
        }
        try (Connection connection = dataSource.getConnection()) {
            PatientCorrections.lock(connection);
            List<String> studies = corrected(connection, most);
            PatientCorrections.lock(connection, studies);
            for (String study : studies) {
                ShownRows.show(connection, study, at);
            }
            audit.append(studies.stream().map(IdentityRows::lapsed).toList());
            return studies.size();
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("shown without messages", e);
        }
    }

    private static List<String> corrected(Connection connection, int most) throws SQLException {
        List<String> studies = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select study_instance_uid from study_identity where corrected_at is not null limit ?")) {
            select.setInt(1, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    studies.add(rows.getString(1));
                }
            }
        }
        return studies;
    }

    private record Changed(String kind, String patient, String prior) {}

    /** One for each row. */
    private static List<Changed> change(Connection connection, String change, long id, Actor by, Instant at)
            throws SQLException {
        List<Changed> changed = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(change)) {
            update.setObject(1, at.atOffset(ZoneOffset.UTC));
            update.setString(2, by.name());
            update.setLong(3, id);
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    changed.add(new Changed(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return changed;
    }

    private int show(Connection connection, String detail, Changed message, EventKind kind, Actor by, Instant at)
            throws SQLException {
        List<String> studies = PatientCorrections.joined(connection, message.patient(), message.prior());
        PatientCorrections.lock(connection, studies);
        List<AuditTrail.Event> events = new ArrayList<>();
        for (String study : studies) {
            if (ShownRows.show(connection, study, at).changed()) {
                events.add(event(kind, study, by, detail));
            }
        }
        int changed = events.size();
        if (changed == 0) {
            events.add(event(kind, null, by, detail + ", which changes no study now"));
        }
        audit.append(events);
        return changed;
    }

    private static AuditTrail.Event event(EventKind kind, String study, Actor by, String detail) {
        return by.did(new AuditTrail.Event(kind, study, null, detail));
    }
}
