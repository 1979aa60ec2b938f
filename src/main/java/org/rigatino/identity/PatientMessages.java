package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.identity.CountedMessages.Counted;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/** Messages on record that concern a patient and were not taken back, within the connection's transaction. */
final class PatientMessages {
    /** Who issued IDs that do not say so. */
    private static final String AUTHORITY = "rigatino.hl7.listen.assigning-authority";

    private static final String TAKEN = "rigatino.hl7.listen.patient-updates";

    /** Of an update there is a row for each ID of PID-3. */
    static final String SAID_WITH = "s.sending_application = m.sending_application"
            + " and s.sending_facility = m.sending_facility and s.control_id = m.control_id and s.event_at = m.event_at"
            + " and s.kind = 'UPDATE' and m.kind = 'UPDATE'";

    private PatientMessages() {}

    static String authority() {
        return ConfigProvider.getConfig()
                .getOptionalValue(AUTHORITY, String.class)
                .orElse(null);
    }

    static boolean areTaken() {
        return ConfigProvider.getConfig().getOptionalValue(TAKEN, Boolean.class).orElse(false);
    }

    /** What they make of what instances say; nothing where the site does not let them. */
    static Correction correction(Connection connection, String study, Shown shown) throws SQLException {
        return correction(connection, study, shown, new Imagined(-1, -1));
    }

    /**
     * What would be, and is not yet.
     *
     * @param without a message that counts, as if it and all that say the same did not; -1 for none
     * @param with a message that is held, as if it and all that are let in with it counted; -1 for none
     */
    record Imagined(long without, long with) {}

    static Correction correction(Connection connection, String study, Shown shown, Imagined imagined)
            throws SQLException {
        String id = shown.values().getOrDefault(IdentityAttribute.PATIENT_ID, "");
        if (!areTaken() || shown.state() != IdentityState.RECORDED || id.isEmpty() || shown.since() == null) {
            return Correction.NONE;
        }
        Optional<List<Counted>> all = CountedMessages.of(connection, id, imagined);
        if (all.isEmpty()) {
            return Correction.TOO_MANY;
        }
        List<Counted> counted = all.get();
        if (counted.isEmpty()) {
            return Correction.NONE;
        }
        List<PatientMessage> messages = counted.stream().map(Counted::message).toList();
        NobodysValues nobodys = NobodysValues.of(ConfigProvider.getConfig());
        Set<String> ids = messages.stream()
                .flatMap(message -> Stream.of(message.patient(), message.prior()))
                .filter(Objects::nonNull)
                .map(Id::id)
                .collect(Collectors.toSet());
        Map<PatientMessage, Set<Id>> together = new HashMap<>();
        for (Counted one : counted) {
            together.computeIfAbsent(one.message(), message -> new HashSet<>()).addAll(one.others());
            one.others().forEach(other -> ids.add(other.id()));
        }
        ids.add(id);
        Map<Id, List<Demographics>> here = here(connection, ids, nobodys);
        Id first = Id.of(shown.values(), authority());
        return new PatientCourse(
                        shown.values(),
                        shown.since(),
                        messages,
                        together,
                        here,
                        KeptDoubts.of(connection, study, shown.patients(), first, counted, ids),
                        first,
                        nobodys)
                .follow()
                .numbered(counted.stream().collect(Collectors.toMap(Counted::number, Counted::message)));
    }

    /** Of what instances say, but of those that a person has said to be of another patient than their study. */
    private static Map<Id, List<Demographics>> here(Connection connection, Set<String> ids, NobodysValues nobodys)
            throws SQLException {
        Map<Id, List<Demographics>> here = new HashMap<>();
        String authority = Objects.requireNonNullElse(authority(), "");
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct s.patient_id, coalesce(nullif(s.issuer_of_patient_id, ''), ?), s.patient_name,"
                        + " s.patient_birth_date, s.patient_sex from identity_statement s where s.patient_id <> ''"
                        + " and s.patient_id = any (?) and (not exists (select 1 from study_patient p"
                        + " where p.study_instance_uid = s.study_instance_uid) or exists (select 1 from study_patient p"
                        + " where p.study_instance_uid = s.study_instance_uid and p.patient = s.patient))")) {
            select.setString(1, authority);
            select.setArray(2, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    here.computeIfAbsent(new Id(rows.getString(1), rows.getString(2)), id -> new ArrayList<>())
                            .add(Demographics.of(said(rows, 3), nobodys));
                }
            }
        }
        return here;
    }

    /** @param first column of name, birth date and sex */
    private static Map<IdentityAttribute, String> said(ResultSet row, int first) throws SQLException {
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        values.put(IdentityAttribute.PATIENT_NAME, row.getString(first));
        values.put(IdentityAttribute.PATIENT_BIRTH_DATE, row.getString(first + 1));
        values.put(IdentityAttribute.PATIENT_SEX, row.getString(first + 2));
        return values;
    }

    /** Of its first ten columns. */
    static PatientMessage message(ResultSet row) throws SQLException {
        Kind kind = Kind.valueOf(row.getString(1));
        return new PatientMessage(
                kind,
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                new Id(row.getString(3), row.getString(4)),
                kind == Kind.MERGE ? new Id(row.getString(5), row.getString(6)) : null,
                said(row, 7));
    }
}
