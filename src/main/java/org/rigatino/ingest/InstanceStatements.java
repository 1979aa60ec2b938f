package org.rigatino.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.StudyState;
import org.rigatino.rule.Urgency;

/** SQL over whole lists, a round trip each, within the connection's transaction. */
record InstanceStatements(Connection connection) {
    /** The latest revision of a study. */
    record Revision(long id, int number, StudyState state) {}

    /**
     * One version of an instance on record.
     *
     * @param study the revision that it is of
     * @param adopted whether nobody knows who sent it
     * @param patient of that revision, as {@link org.rigatino.patient.PatientValues#name names} it; null where not known
     */
    record Version(
            long study,
            String studyUid,
            String patient,
            String sha256,
            String location,
            Instance.Outcome outcome,
            boolean adopted) {
        boolean inForce() {
            return outcome != Instance.Outcome.SET_ASIDE;
        }
    }

    /**
     * Sees to it that each study has its first revision, and locks that until the end of the transaction.
     *
     * @return studies that were not on record before
     */
    Set<String> lock(List<String> studyUids, Instant now) throws SQLException {
        Set<String> created = new HashSet<>();
        try (PreparedStatement insert = connection.prepareStatement("insert into study (study_instance_uid, revision,"
                + " state, first_received_at, last_received_at) select uid, 1, 'RECEIVING', ?, ?"
                + " from unnest(?) with ordinality as wanted (uid, place) order by place"
                + " on conflict (study_instance_uid, revision) do nothing returning study_instance_uid")) {
            insert.setObject(1, time(now));
            insert.setObject(2, time(now));
            insert.setArray(3, texts(studyUids));
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    created.add(rows.getString(1));
                }
            }
        }
        try (PreparedStatement select = connection.prepareStatement("select id from study"
                + " where study_instance_uid = any (?) and revision = 1 order by id for update")) {
            select.setArray(1, texts(studyUids));
            select.executeQuery().close();
        }
        return created;
    }

    /** Takes back revisions that nothing came into; within the transaction that made them nobody else has seen them. */
    void withdraw(Collection<String> created) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from study where study_instance_uid = any (?)")) {
            delete.setArray(1, texts(created));
            delete.executeUpdate();
        }
    }

    /** What is on record, by SOP Instance UID. */
    Map<String, List<Version>> versions(List<String> sopUids) throws SQLException {
        Map<String, List<Version>> versions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select i.sop_instance_uid, s.id,"
                + " s.study_instance_uid, s.patient, i.sha256, i.location, i.outcome, i.calling_ae_title"
                + " from instance i join study s on s.id = i.study_id where i.sop_instance_uid = any (?)")) {
            select.setArray(1, texts(sopUids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.computeIfAbsent(rows.getString(1), uid -> new ArrayList<>())
                            .add(new Version(
                                    rows.getLong(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getString(6),
                                    Instance.Outcome.valueOf(rows.getString(7)),
                                    rows.getString(8).equals(Instance.ADOPTED)));
                }
            }
        }
        return versions;
    }

    /** Which of the SOP Instance UIDs Rigatino has made itself. */
    Set<String> outputs(List<String> sopUids) throws SQLException {
        Set<String> outputs = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select sop_instance_uid from output where sop_instance_uid = any (?)")) {
            select.setArray(1, texts(sopUids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    outputs.add(rows.getString(1));
                }
            }
        }
        return outputs;
    }

    Map<String, Revision> latest(List<String> studyUids) throws SQLException {
        Map<String, Revision> latest = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select distinct on (study_instance_uid) study_instance_uid, id, revision,"
                        + " state from study where study_instance_uid = any (?)"
                        + " order by study_instance_uid, revision desc")) {
            select.setArray(1, texts(studyUids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StudyState state = StudyState.valueOf(rows.getString(4));
                    latest.put(rows.getString(1), new Revision(rows.getLong(2), rows.getInt(3), state));
                }
            }
        }
        return latest;
    }

    /** Opens the revision after the given one. */
    Revision next(String studyUid, Revision latest, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into study (study_instance_uid, revision,"
                + " state, first_received_at, last_received_at) values (?, ?, 'RECEIVING', ?, ?) returning id")) {
            insert.setString(1, studyUid);
            insert.setInt(2, latest.number + 1);
            insert.setObject(3, time(now));
            insert.setObject(4, time(now));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new Revision(row.getLong(1), latest.number + 1, StudyState.RECEIVING);
            }
        }
    }

    /** Of a file that was found in the instance store, now that somebody has sent the same. */
    void sentBy(String location, String callingAeTitle) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update instance set calling_ae_title = ? where location = ?")) {
            update.setString(1, callingAeTitle);
            update.setString(2, location);
            update.executeUpdate();
        }
    }

    /** One round trip, as of any batch. */
    void insert(List<NewRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into instance (study_id, sop_instance_uid,"
                + " sop_class_uid, series_instance_uid, transfer_syntax_uid, modality, calling_ae_title, location,"
                + " sha256, bytes, received_at, outcome, outcome_reason)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (NewRow row : rows) {
                row.bind(insert);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * What came into a revision.
     *
     * @param last when the last of it came
     * @param urgency of the most urgent of it; null where there are no rules of the house
     */
    record Came(Instant last, Urgency urgency) {
        Came and(Instant later, Urgency other) {
            return new Came(later, urgency == null || other != null && other.compareTo(urgency) > 0 ? other : urgency);
        }
    }

    /** The quiet period of each revision begins anew, with its last arrival. */
    void received(Map<Long, Came> came) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update study set version = version + 1,"
                + " last_received_at = ?, urgency = greatest(urgency, ?) where id = ?")) {
            for (Map.Entry<Long, Came> entry : came.entrySet()) {
                Urgency urgency = entry.getValue().urgency();
                update.setObject(1, time(entry.getValue().last()));
                update.setObject(2, urgency == null ? null : urgency.rank(), Types.SMALLINT);
                update.setLong(3, entry.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Files that retention had deleted are there again; where all of a revision are, it has its files again. */
    void returned(Collection<String> studyUids, Collection<String> locations) throws SQLException {
        if (locations.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("update instance i set file_deleted_at = null from"
                + " study s where s.id = i.study_id and s.study_instance_uid = any (?) and i.location = any (?)"
                + " and i.file_deleted_at is not null")) {
            update.setArray(1, texts(studyUids));
            update.setArray(2, texts(locations));
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement("with again as (select id from study s"
                + " where study_instance_uid = any (?) and instances_deleted_at is not null and not exists"
                + " (select 1 from instance i where i.study_id = s.id and i.file_deleted_at is not null)"
                + " order by id for update)"
                + " update study s set instances_deleted_at = null from again where s.id = again.id")) {
            update.setArray(1, texts(studyUids));
            update.executeUpdate();
        }
    }

    /**
     * Of revisions that have ended: retention counts from the last hour in which anything came that opened no other. Locked in
     * the order of their ids, as by whoever moves several.
     */
    void cameAgain(Collection<String> studyUids, Instant now) throws SQLException {
        if (studyUids.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("with again as (select id from study"
                + " where study_instance_uid = any (?) and ended_at is not null"
                + " and coalesce(instances_returned_at, '-infinity') < ? - interval '1 hour' order by id for update)"
                + " update study s set instances_returned_at = ? from again where s.id = again.id")) {
            update.setArray(1, texts(studyUids));
            update.setObject(2, time(now));
            update.setObject(3, time(now));
            update.executeUpdate();
        }
    }

    private java.sql.Array texts(Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** A row of {@code instance} to insert. */
    record NewRow(long study, Arrival arrival, Instance.Outcome outcome, String reason) {
        Version version() {
            return new Version(
                    study,
                    arrival.studyUid(),
                    null,
                    arrival.sha256(),
                    arrival.location(),
                    outcome,
                    arrival.isAdopted());
        }

        private void bind(PreparedStatement insert) throws SQLException {
            InstanceHeader header = arrival.header();
            insert.setLong(1, study);
            insert.setString(2, header.sopInstanceUid());
            insert.setString(3, header.sopClassUid());
            insert.setString(4, header.seriesInstanceUid());
            insert.setString(5, arrival.request().transferSyntaxUid());
            insert.setString(6, header.modality());
            insert.setString(7, arrival.request().callingAeTitle());
            insert.setString(8, arrival.location());
            insert.setString(9, arrival.sha256());
            insert.setLong(10, arrival.received().bytes());
            insert.setObject(11, time(arrival.at()));
            insert.setString(12, outcome.name());
            insert.setString(13, reason);
        }
    }
}
