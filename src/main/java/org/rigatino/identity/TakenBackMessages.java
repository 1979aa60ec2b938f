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
import java.util.Optional;
import javax.sql.DataSource;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.PatientMessage.Kind;

/** Lets an administrator take back an update or a merge of a patient that was wrong or forged: its studies are shown without it. */
@ApplicationScoped
public class TakenBackMessages {
    /** Of those that are listed. */
    public static final int MOST = 50;

    private static final String LIST = "select id, kind, event_at, received_at, sending_application, sending_facility,"
            + " voided_at, voided_by from patient_message order by id desc limit " + MOST;

    private static final String VOID = "update patient_message set voided_at = ?, voided_by = ? where id = ?"
            + " and voided_at is null returning kind, patient_id, prior_id";

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
        OffsetDateTime takenBack = row.getObject(7, OffsetDateTime.class);
        return new PatientMessageView(
                row.getLong(1),
                Kind.valueOf(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                facility.isEmpty() ? row.getString(5) : row.getString(5) + "|" + facility,
                takenBack == null ? null : takenBack.toInstant(),
                row.getString(8));
    }

    /** @return how many studies are shown otherwise now; empty where there is no such message, or it was taken back before */
    @Transactional(rollbackOn = Exception.class)
    public Optional<Integer> takeBack(long id, Actor by, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            PatientCorrections.lock(connection);
            Optional<Voided> voided = voided(connection, id, by, at);
            return voided.isEmpty() ? Optional.empty() : Optional.of(show(connection, id, voided.get(), by, at));
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("shown without a message", e);
        }
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
                IdentityRows.show(connection, study, at);
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

    private record Voided(String kind, String patient, String prior) {}

    private static Optional<Voided> voided(Connection connection, long id, Actor by, Instant at) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(VOID)) {
            update.setObject(1, at.atOffset(ZoneOffset.UTC));
            update.setString(2, by.name());
            update.setLong(3, id);
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? Optional.of(new Voided(row.getString(1), row.getString(2), row.getString(3)))
                        : Optional.empty();
            }
        }
    }

    private int show(Connection connection, long id, Voided voided, Actor by, Instant at) throws SQLException {
        List<String> studies =
                PatientCorrections.studies(connection, Integer.MAX_VALUE, voided.patient(), voided.prior());
        PatientCorrections.lock(connection, studies);
        String detail = voided.kind() + ", message " + id;
        List<AuditTrail.Event> events = new ArrayList<>();
        for (String study : studies) {
            if (IdentityRows.show(connection, study, at).changed()) {
                events.add(event(study, by, detail));
            }
        }
        int changed = events.size();
        if (changed == 0) {
            events.add(event(null, by, detail + ", which changes no study now"));
        }
        audit.append(events);
        return changed;
    }

    private static AuditTrail.Event event(String study, Actor by, String detail) {
        return by.did(new AuditTrail.Event(EventKind.PATIENT_MESSAGE_TAKEN_BACK, study, null, detail));
    }
}
