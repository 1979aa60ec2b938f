package org.rigatino.export;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Answers in force of a database, read as the role that may. */
final class AnsweredFrames {
    private static final int SALT = 32;

    private static final String SELECT = "select answer_id, verdict, reason, flagged, frame_number, sop_instance_uid,"
            + " export_patient(study_instance_uid, ?), location, sha256, finished_at from answered_image"
            + " where (?::text is null or model_name || '/' || model_version = ?)"
            + " and (?::timestamptz is null or finished_at >= ?) and (?::timestamptz is null or finished_at < ?)"
            + " order by answer_id";

    private AnsweredFrames() {}

    /** Patients are told apart by digests with a salt that is kept nowhere. */
    static List<AnsweredFrame> read(Connection connection, ExportFilter filter) throws SQLException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        List<AnsweredFrame> frames = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setBytes(1, salt);
            select.setString(2, filter.release());
            select.setString(3, filter.release());
            for (int place : new int[] {4, 5}) {
                select.setObject(place, time(filter.fromTime()));
                select.setObject(place + 2, time(filter.toTime()));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    frames.add(frame(row));
                }
            }
        }
        return frames;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static AnsweredFrame frame(ResultSet row) throws SQLException {
        return new AnsweredFrame(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }
}
