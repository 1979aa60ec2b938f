package org.rigatino.export;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Answers in force of a database, read as the role that may. */
final class AnsweredFrames {
    private static final String SELECT =
            "select answer_id, verdict, reason, flagged, frame_number, release, image, patient,"
                    + " shared, usable, location, sha256, finished_at from answered_images()";

    private AnsweredFrames() {}

    /** All, since what one says of an image counts for the others. */
    static List<AnsweredFrame> read(Connection connection) throws SQLException {
        List<AnsweredFrame> frames = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                frames.add(frame(row));
            }
        }
        return frames;
    }

    private static AnsweredFrame frame(ResultSet row) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new AnsweredFrame(
                row.getLong("answer_id"),
                row.getString("verdict"),
                row.getString("reason"),
                row.getBoolean("flagged"),
                row.getInt("frame_number"),
                row.getString("release"),
                row.getLong("image"),
                row.getString("patient"),
                row.getBoolean("shared"),
                row.getBoolean("usable"),
                row.getString("location"),
                row.getString("sha256"),
                finished == null ? null : finished.toInstant());
    }
}
