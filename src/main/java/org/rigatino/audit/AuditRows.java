package org.rigatino.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads the trail. Each call sees one state of the database. */
@ApplicationScoped
public class AuditRows {
    @Inject
    DataSource dataSource;

    /** The next rows behind one: since appenders wait for one another, none comes in between later. */
    public List<AuditRow> after(long id, int limit) throws SQLException {
        List<AuditRow> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.inSnapshot(connection, () -> {
                AuditChain.each(connection, "id > ?", List.of(id), row -> {
                    rows.add(row);
                    return rows.size() < limit;
                });
                return rows;
            });
        }
    }

    /**
     * The last rows before one, the latest first.
     *
     * @param id {@link Long#MAX_VALUE} for the end of the trail
     */
    public List<AuditRow> before(long id, AuditFilter filter, int limit) {
        List<Object> values = new ArrayList<>(filter.values());
        values.add(id);
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.latest(connection, filter.condition() + " and id < ?", values, limit);
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A filter as the trail may have it.
     *
     * @throws IllegalArgumentException where it asks for what is no study's UID, or nobody's name
     */
    public AuditFilter onRecord(AuditFilter filter) {
        try (Connection connection = dataSource.getConnection()) {
            return filter.onRecord(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    /** The last rows of a study, the latest first. */
    public List<AuditRow> latestOfStudy(String studyInstanceUid, int limit) {
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.latest(connection, "study_instance_uid = ?", List.of(studyInstanceUid), limit);
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    public int countOfStudy(String studyInstanceUid) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from audit_event where study_instance_uid = ?")) {
            count.setString(1, studyInstanceUid);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    /** How many rows there are; no more than {@code most} are counted. */
    public long count(AuditFilter filter, int most) {
        String counted =
                "select count(*) from (select from audit_event where " + filter.condition() + " limit ?) counted";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement count = connection.prepareStatement(counted)) {
            int at = 1;
            for (Object value : filter.values()) {
                count.setObject(at++, value);
            }
            count.setInt(at, most);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    /** The next rows of a study behind one, the oldest first. */
    public List<AuditRow> ofStudy(String studyInstanceUid, long after, int limit) {
        List<AuditRow> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.inSnapshot(connection, () -> {
                AuditChain.each(
                        connection, "study_instance_uid = ? and id > ?", List.of(studyInstanceUid, after), row -> {
                            rows.add(row);
                            return rows.size() < limit;
                        });
                return rows;
            });
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    /** The anchor of the last row of all. */
    public String head() {
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.head(connection).toString();
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read: " + e.getMessage(), e);
        }
    }
}
