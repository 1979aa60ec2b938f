package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.OnceAnHour;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/**
 * Takes what HL7 messages say of patients: what is shown of their studies is made anew, and nothing that was recorded changes. One
 * message after the other, by a lock of its own; then the studies, then the chain (ADR 64).
 */
@ApplicationScoped
public class PatientCorrections {
    /** Messages of one ID within a day: no patient changes more often. */
    private static final int MOST_OF_A_DAY = 500;

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String INSERT = "insert into patient_message (received_at, sending_application,"
            + " sending_facility, control_id, kind, event_at, patient_id, issuer, prior_id, prior_issuer, patient_name,"
            + " patient_birth_date, patient_sex, salt, content_sha256, event_until, repeats, voided_at, voided_by) values (?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (sending_application, sending_facility, control_id, content_sha256) where voided_at is null"
            + " do nothing returning id";

    /** Of one ID there are more studies only where it is nobody's. */
    private static final String STUDIES = "select study_instance_uid from identity_statement where patient_id <> ''"
            + " and patient_id = any (?) union select study_instance_uid from study_identity where state = 'RECORDED'"
            + " and patient_id <> '' and patient_id = any (?) union select study_instance_uid from study_identity"
            + " where former_ids <> '{}' and former_ids && ? limit ?";

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    TransactionSynchronizationRegistry transaction;

    private final OnceAnHour nobodys = new OnceAnHour();

    /**
     * Who sent it.
     *
     * @param application MSH-3
     * @param facility MSH-4; empty where there is none
     * @param controlId MSH-10
     * @param address of the machine
     */
    public record Sender(String application, String facility, String controlId, String address) {}

    /** What became of a message. */
    public enum Taken {
        /** It is on record, and what it says is shown, but of studies that are in doubt. */
        KEPT,
        REPEATED,
        /** It was taken back before: it is on record, and counts for nothing until an administrator lets it in. */
        HELD,
        /** An update of a patient of whom there is no study. */
        NO_STUDY,
        /** Not kept: the ID is one of {@code rigatino.nobody}, or of more studies than a patient has. */
        NOBODYS_ID,
        /** Not kept: too many messages of the ID came within a day, or there are too many merges that no study is of. */
        TOO_MANY
    }

    /**
     * What one message says of one patient's IDs, all of it or nothing.
     *
     * @param most merges of patients of whom there is no study
     */
    @Transactional(rollbackOn = Exception.class)
    public Set<Taken> take(Sender sender, List<PatientMessage> messages, int most, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            lock(connection);
            Set<Taken> taken = EnumSet.noneOf(Taken.class);
            List<PatientMessage> known = new ArrayList<>();
            boolean ofStudies = false;
            for (PatientMessage message : messages) {
                String[] ids = ids(message);
                int studies = studies(connection, EarlierOfPatient.MOST_OF_ONE_ID + 1, ids)
                        .size();
                if (studies > EarlierOfPatient.MOST_OF_ONE_ID || areNobodys(ids)) {
                    tellOfNobodys(sender, message.kind());
                    taken.add(Taken.NOBODYS_ID);
                } else {
                    known.add(message);
                    ofStudies |= studies > 0;
                }
            }
            taken.addAll(takeKnown(connection, sender, known, ofStudies ? Integer.MAX_VALUE : most, at));
            return taken;
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("corrected", e);
        }
    }

    /** Of an update that is of one study, what it says of its other IDs too: whose studies those are may come to light later. */
    private Set<Taken> takeKnown(
            Connection connection, Sender sender, List<PatientMessage> messages, int most, Instant at)
            throws SQLException {
        if (messages.isEmpty()) {
            return Set.of();
        }
        if (messages.get(0).kind() == Kind.UPDATE && most != Integer.MAX_VALUE) {
            return Set.of(Taken.NO_STUDY);
        }
        for (PatientMessage message : messages) {
            if (!hasRoom(connection, ids(message), most)) {
                return Set.of(Taken.TOO_MANY);
            }
        }
        Set<Taken> taken = EnumSet.noneOf(Taken.class);
        Map<PatientMessage, String> kept = new LinkedHashMap<>();
        for (PatientMessage message : messages) {
            taken.add(keep(connection, sender, message, kept, at));
        }
        show(connection, sender, kept, at);
        return taken;
    }

    private static String[] ids(PatientMessage message) {
        return Stream.of(message.patient(), message.prior())
                .filter(id -> id != null)
                .map(Id::id)
                .toArray(String[]::new);
    }

    /** Who sends it again and again shall not fill the trail, which has nothing of whose it is. */
    private void tellOfNobodys(Sender sender, Kind kind) {
        String key = String.join(" ", sender.application(), sender.facility(), sender.address(), kind.name());
        if (nobodys.isNew(key, transaction)) {
            String detail = kind + ", NOBODYS_ID, told once an hour";
            audit.append(event(null, sender, EventKind.PATIENT_NOT_CORRECTED, detail));
            nobodys.recorded(key, transaction);
        }
    }

    /** @param kept gets it with what the trail calls it, where it counts */
    private Taken keep(
            Connection connection, Sender sender, PatientMessage message, Map<PatientMessage, String> kept, Instant at)
            throws SQLException {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        MessagesAgain.Found before = MessagesAgain.find(connection, sender, message);
        if (before.known()) {
            return Taken.REPEATED;
        }
        Long id = insert(connection, sender, message, salt, before.takenBack(), at);
        if (id == null) {
            return Taken.REPEATED;
        }
        String detail = message.kind() + ", message " + id + ", salted sha256 " + message.sha256(salt);
        if (before.takenBack() != null) {
            String why = ", TAKEN_BACK_BEFORE: as message " + before.takenBack();
            audit.append(event(null, sender, EventKind.PATIENT_NOT_CORRECTED, detail + why));
            return Taken.HELD;
        }
        kept.put(message, detail);
        return Taken.KEPT;
    }

    private void show(Connection connection, Sender sender, Map<PatientMessage, String> kept, Instant at)
            throws SQLException {
        String[] ids = kept.keySet().stream()
                .flatMap(message -> Stream.of(ids(message)))
                .distinct()
                .toArray(String[]::new);
        JoinedStudies joined = JoinedStudies.of(connection, ids);
        lock(connection, joined.studies());
        Map<PatientMessage, String> changing = new LinkedHashMap<>(kept);
        for (String study : joined.studies()) {
            ShownRows.Change change = ShownRows.show(connection, study, at);
            Set<PatientMessage> applied = change.correction().applied();
            boolean anApplied = kept.keySet().stream().anyMatch(applied::contains);
            for (Map.Entry<PatientMessage, String> one : kept.entrySet()) {
                if (change.changed() && (!anApplied || applied.contains(one.getKey()))) {
                    audit.append(event(study, sender, EventKind.PATIENT_CORRECTED, one.getValue()));
                    changing.remove(one.getKey());
                }
                Correction.Doubt doubt = change.correction().of(one.getKey());
                if (doubt != null) {
                    String why = one.getValue() + ", " + doubt;
                    audit.append(event(study, sender, EventKind.PATIENT_NOT_CORRECTED, why));
                    changing.remove(one.getKey());
                }
            }
        }
        changing.values()
                .forEach(detail -> audit.append(
                        event(null, sender, EventKind.PATIENT_CORRECTED, detail + ", which changes no study now")));
        if (!joined.all()) {
            kept.values()
                    .forEach(detail -> audit.append(event(
                            null, sender, EventKind.PATIENT_NOT_CORRECTED, detail + ", " + JoinedStudies.TOO_MANY)));
        }
    }

    private static AuditTrail.Event event(String study, Sender sender, EventKind kind, String detail) {
        String name =
                sender.facility().isEmpty() ? sender.application() : sender.application() + "|" + sender.facility();
        return new AuditTrail.Event(kind, study, name, detail).from(sender.address());
    }

    private static boolean areNobodys(String[] ids) {
        NobodysValues nobodys = NobodysValues.of(ConfigProvider.getConfig());
        return Stream.of(ids).anyMatch(id -> nobodys.has(id, "", ""));
    }

    static void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended('rigatino.patients', 0))")) {
            lock.executeQuery().close();
        }
    }

    static void lock(Connection connection, List<String> studies) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select id from study"
                + " where study_instance_uid = any (?) and revision = 1 order by study_instance_uid for update")) {
            lock.setArray(1, connection.createArrayOf("text", studies.toArray()));
            lock.executeQuery().close();
        }
    }

    static List<String> studies(Connection connection, int most, String... ids) throws SQLException {
        List<String> studies = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(STUDIES)) {
            for (int place = 1; place <= 3; place++) {
                select.setArray(place, connection.createArrayOf("text", ids));
            }
            select.setInt(4, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    studies.add(rows.getString(1));
                }
            }
        }
        return studies;
    }

    private static boolean hasRoom(Connection connection, String[] ids, int most) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(
                "select (select count(*) from patient_message where (patient_id = any (?)"
                        + " or prior_id <> '' and prior_id = any (?)) and (voided_at is null or repeats is not null)"
                        + " and received_at > now() - interval '1 day'),"
                        + " (select count(*) from (select 1 from patient_message where kind = 'MERGE' and voided_at is null limit ?) as merges)")) {
            count.setArray(1, connection.createArrayOf("text", ids));
            count.setArray(2, connection.createArrayOf("text", ids));
            count.setInt(3, most);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1) < MOST_OF_A_DAY && row.getInt(2) < most;
            }
        }
    }

    /** Null where it is there already. */
    private static Long insert(
            Connection connection, Sender sender, PatientMessage message, byte[] salt, Long repeats, Instant at)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, at.atOffset(ZoneOffset.UTC));
            insert.setString(2, sender.application());
            insert.setString(3, sender.facility());
            insert.setString(4, sender.controlId());
            insert.setString(5, message.kind().name());
            insert.setObject(6, message.eventAt().atOffset(ZoneOffset.UTC));
            insert.setString(7, message.patient().id());
            insert.setString(8, message.patient().issuer());
            insert.setString(9, message.prior() == null ? "" : message.prior().id());
            insert.setString(10, message.prior() == null ? "" : message.prior().issuer());
            insert.setString(11, message.value(IdentityAttribute.PATIENT_NAME));
            insert.setString(12, message.value(IdentityAttribute.PATIENT_BIRTH_DATE));
            insert.setString(13, message.value(IdentityAttribute.PATIENT_SEX));
            insert.setBytes(14, salt);
            insert.setString(15, message.content());
            insert.setObject(16, message.eventUntil().atOffset(ZoneOffset.UTC));
            insert.setObject(17, repeats, Types.BIGINT);
            insert.setObject(18, repeats == null ? null : at.atOffset(ZoneOffset.UTC));
            insert.setString(19, repeats == null ? null : MessagesAgain.NOBODY);
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    /**
     * Deletes those that came before, and that no study can be shown by: of whose IDs there is none any more, or none of which images
     * came before the event.
     *
     * @return how many
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int deleteBefore(Instant before) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from patient_message m"
                        + " where m.received_at < ? and not exists (select 1 from identity_statement s"
                        + " where s.patient_id <> '' and s.patient_id in (m.patient_id, m.prior_id)"
                        + " and s.recorded_at <= coalesce(m.event_until, m.event_at))"
                        + " and not exists (select 1 from study_identity i join identity_statement s"
                        + " on s.study_instance_uid = i.study_instance_uid"
                        + " and s.recorded_at <= coalesce(m.event_until, m.event_at) where i.state = 'RECORDED' and i.patient_id <> ''"
                        + " and (i.patient_id in (m.patient_id, m.prior_id)"
                        + " or i.former_ids && array[m.patient_id, m.prior_id]))")) {
            lock(connection);
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("deleted", e);
        }
    }
}
