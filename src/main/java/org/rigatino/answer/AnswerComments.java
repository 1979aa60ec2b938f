package org.rigatino.answer;

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
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Free text of answers, in the caller's transaction. By JDBC, since Hibernate logs what the database says of an error, which
 * quotes values; exceptions have the database's state and not its message.
 */
@ApplicationScoped
public class AnswerComments {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    DataSource dataSource;

    /** @return the salted SHA-256 that the trail names, in hex; {@code answer_proof} computes it anew */
    String write(long answerId, String comment) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into answer_comment (answer_id, comment, salt) values (?, ?, ?)")) {
            insert.setLong(1, answerId);
            insert.setString(2, comment);
            insert.setBytes(3, salt);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw withoutValues("recorded", e);
        }
        return sha256(salt, comment);
    }

    /** By id of the answer. */
    public Map<Long, String> of(String studyInstanceUid) {
        Map<Long, String> comments = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select c.answer_id, c.comment from answer_comment c"
                                + " join answer a on a.id = c.answer_id where a.study_instance_uid = ?")) {
            select.setString(1, studyInstanceUid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    comments.put(rows.getLong(1), rows.getString(2));
                }
            }
        } catch (SQLException e) {
            throw withoutValues("read", e);
        }
        return comments;
    }

    /** @return how many were deleted, by Study Instance UID */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<String, Integer> deleteBefore(Instant before) {
        Map<String, Integer> deleted = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from answer_comment c using answer a"
                        + " where a.id = c.answer_id and a.answered_at < ? returning a.study_instance_uid")) {
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    deleted.merge(rows.getString(1), 1, Integer::sum);
                }
            }
        } catch (SQLException e) {
            throw withoutValues("deleted", e);
        }
        return deleted;
    }

    private static String sha256(byte[] salt, String comment) {
        return new DigestUtils(DigestUtils.updateDigest(DigestUtils.getSha256Digest(), salt)).digestAsHex(comment);
    }

    private static IllegalStateException withoutValues(String what, SQLException e) {
        return new IllegalStateException(
                "what people write of findings cannot be " + what,
                new SQLException("the database says " + e.getSQLState(), e.getSQLState()));
    }
}
