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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/** Messages on record that concern a patient and were not taken back, within the connection's transaction. */
final class PatientMessages {
    /** Who issued IDs that do not say so. */
    private static final String AUTHORITY = "rigatino.hl7.listen.assigning-authority";

    private static final String TAKEN = "rigatino.hl7.listen.patient-updates";

    /** Of one patient: what is beyond it cannot be followed in the time that others wait. */
    private static final int MOST = 1000;

    private static final int MOST_ROUNDS = 20;

    private static final String COUNTS = " (%1$s.voided_at is null or %1$s.id = ?) and not exists (select 1"
            + " from patient_message w where w.id = ? and " + MessagesAgain.areSame("w", "%1$s") + ")";

    /** Of an update there is a row for each ID of PID-3. */
    static final String SAID_WITH = "s.sending_application = m.sending_application"
            + " and s.sending_facility = m.sending_facility and s.control_id = m.control_id and s.event_at = m.event_at"
            + " and s.kind = 'UPDATE' and m.kind = 'UPDATE'";

    private static final String OTHERS = "array(select s.%s from patient_message s where " + SAID_WITH
            + " and s.id <> m.id and" + COUNTS.formatted("s") + " order by s.id)";

    private static final String READ =
            "select kind, event_at, patient_id, issuer, prior_id, prior_issuer, patient_name,"
                    + " patient_birth_date, patient_sex, coalesce(event_until, event_at), "
                    + OTHERS.formatted("patient_id") + ", "
                    + OTHERS.formatted("issuer") + ", id, let_in_at is not null from patient_message m where"
                    + COUNTS.formatted("m")
                    + " and (patient_id = any (?) or prior_id <> '' and prior_id = any (?)) order by event_at, id limit "
                    + (MOST + 1);

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
     * @param with a message that was taken back or is held, as if it counted; -1 for none
     */
    record Imagined(long without, long with) {}

    static Correction correction(Connection connection, String study, Shown shown, Imagined imagined)
            throws SQLException {
        String id = shown.values().getOrDefault(IdentityAttribute.PATIENT_ID, "");
        if (!areTaken() || shown.state() != IdentityState.RECORDED || id.isEmpty() || shown.since() == null) {
            return Correction.NONE;
        }
        List<Counted> counted = of(connection, id, imagined);
        List<PatientMessage> messages = counted.stream().map(Counted::message).toList();
        if (messages.size() > MOST) {
            return Correction.TOO_MANY;
        }
        if (messages.isEmpty()) {
            return Correction.NONE;
        }
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
        return new PatientCourse(
                        shown.values(),
                        shown.since(),
                        messages,
                        together,
                        here,
                        KeptDoubts.of(connection, study, id, counted, ids),
                        authority(),
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

    /**
     * A message that counts.
     *
     * @param others IDs of which it says the same
     * @param letIn whether a person has said that it does, after one of them took it back
     */
    record Counted(long number, PatientMessage message, Set<Id> others, boolean letIn) {}

    /** Of the ID, and of those that it and they were merged into; whoever issued them. */
    private static List<Counted> of(Connection connection, String id, Imagined imagined) throws SQLException {
        Set<String> ids = new HashSet<>(Set.of(id));
        List<Counted> found = List.of();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            found = read(connection, ids, imagined);
            int before = ids.size();
            found.stream().map(one -> one.message().patient().id()).forEach(ids::add);
            if (ids.size() == before || found.size() > MOST) {
                return found;
            }
        }
        return found;
    }

    private static List<Counted> read(Connection connection, Set<String> ids, Imagined imagined) throws SQLException {
        List<Counted> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            for (int place = 1; place <= 5; place += 2) {
                select.setLong(place, imagined.with());
                select.setLong(place + 1, imagined.without());
            }
            select.setArray(7, connection.createArrayOf("text", ids.toArray()));
            select.setArray(8, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long number = rows.getLong(13);
                    boolean letIn = rows.getBoolean(14) || number == imagined.with();
                    found.add(new Counted(number, message(rows), others(rows), letIn));
                }
            }
        }
        return found;
    }

    private static Set<Id> others(ResultSet row) throws SQLException {
        String[] ids = (String[]) row.getArray(11).getArray();
        String[] issuers = (String[]) row.getArray(12).getArray();
        return IntStream.range(0, ids.length)
                .mapToObj(i -> new Id(ids[i], issuers[i]))
                .collect(Collectors.toSet());
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
