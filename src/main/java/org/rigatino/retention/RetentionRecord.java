package org.rigatino.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;

/** Finds what is due, deletes it and records that, a study a transaction. */
@ApplicationScoped
public class RetentionRecord {
    private static final Logger LOG = Logger.getLogger(RetentionRecord.class);
    private static final int MOST_TOLD = 20;
    static final int STUDIES = 100;

    static final Duration APART = Duration.ofHours(1);

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /** The earlier of this clock and the database's; none where they are farther apart than {@link #APART}. */
    @Transactional
    Optional<Instant> agreed(Instant ours) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select clock_timestamp()");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            Instant databases = rows.getTimestamp(1).toInstant();
            if (Duration.between(ours, databases).abs().compareTo(APART) > 0) {
                return Optional.empty();
            }
            return Optional.of(ours.isBefore(databases) ? ours : databases);
        }
    }

    /** Study Instance UIDs that are due behind one, in their order. */
    @FunctionalInterface
    interface Due {
        List<String> behind(String uid) throws SQLException;
    }

    /** Deletes what is due of a study. */
    @FunctionalInterface
    interface Deletion {
        void of(String uid) throws SQLException, IOException;
    }

    /**
     * Of all that are due each once: one that cannot be deleted keeps back no other. The log has the first that cannot, and how
     * many there are.
     *
     * @param what is deleted, for the log
     */
    static void forEach(String what, Due due, Deletion deletion) throws SQLException {
        int failed = 0;
        List<String> some = due.behind("");
        while (!some.isEmpty()) {
            for (String uid : some) {
                try {
                    deletion.of(uid);
                } catch (SQLException | IOException | RuntimeException e) {
                    if (++failed <= MOST_TOLD) {
                        LOG.errorf(
                                "%s of study %s cannot be deleted, which is tried again in a minute: %s",
                                what, uid, e.getMessage());
                    }
                }
            }
            some = some.size() < STUDIES ? List.of() : due.behind(some.get(STUDIES - 1));
        }
        if (failed > MOST_TOLD) {
            LOG.errorf("%s of %d studies cannot be deleted, those above among them", what, failed);
        }
    }

    /** Study Instance UIDs behind one, in their order, a hundred at most. */
    @Transactional
    List<String> due(Holding holding, Duration age, Instant now, String behind) throws SQLException {
        List<String> due = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(holding.due())) {
            for (int i = 1; i <= holding.ages(); i++) {
                select.setObject(i, before(now, age));
            }
            select.setString(holding.ages() + 1, behind);
            select.setInt(holding.ages() + 2, STUDIES);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    due.add(rows.getString(1));
                }
            }
        }
        return due;
    }

    /**
     * Files first, then the mark and the audit event, under the lock that whoever adds to the study takes. Where this
     * fails, the next call finds the study due again, and what is gone is no error.
     *
     * @return whether it still was due
     */
    @Transactional(rollbackOn = Exception.class)
    boolean delete(Holding holding, String studyUid, Path root, Duration age, Instant now)
            throws SQLException, IOException {
        try (Connection connection = dataSource.getConnection()) {
            lockFirst(connection, holding, studyUid);
            if (!lock(connection, studyUid) || !isDue(connection, holding, studyUid, before(now, age))) {
                return false;
            }
            long[] deleted = deleteFiles(connection, holding, studyUid, root);
            try (PreparedStatement mark = connection.prepareStatement(holding.mark())) {
                mark.setObject(1, now.atOffset(ZoneOffset.UTC));
                mark.setString(2, studyUid);
                mark.executeUpdate();
            }
            String rule = "rigatino.retention." + holding.name().toLowerCase(Locale.ROOT) + " " + age;
            audit.append(
                    holding.event(), studyUid, null, deleted[0] + " files of " + deleted[1] + " bytes, by " + rule);
            return true;
        }
    }

    /** What a mark on the study writes to: before the study, as whoever sends or decides does. */
    private static void lockFirst(Connection connection, Holding holding, String studyUid) throws SQLException {
        if (holding != Holding.OUTPUTS) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement("select d.id from delivery d where d.study_id in"
                + " (select id from study where study_instance_uid = ?) and d.state in ('DECLINED', 'CANCELLED')"
                + " order by d.id for update")) {
            select.setString(1, studyUid);
            select.execute();
        }
    }

    /** Of all revisions, behind the first. False where another process is at the study. */
    static boolean lock(Connection connection, String studyUid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id from study" + " where study_instance_uid = ? and revision = 1 for update skip locked")) {
            select.setString(1, studyUid);
            if (!select.executeQuery().next()) {
                return false;
            }
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select id from study where study_instance_uid = ? order by id for no key update")) {
            select.setString(1, studyUid);
            select.execute();
        }
        return true;
    }

    private static boolean isDue(Connection connection, Holding holding, String studyUid, OffsetDateTime before)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(holding.isDue())) {
            select.setString(1, studyUid);
            for (int i = 2; i <= holding.ages() + 1; i++) {
                select.setObject(i, before);
            }
            return select.executeQuery().next();
        }
    }

    /** Number and bytes of the files that were there. */
    private static long[] deleteFiles(Connection connection, Holding holding, String studyUid, Path root)
            throws SQLException, IOException {
        long files = 0;
        long bytes = 0;
        try (PreparedStatement select = connection.prepareStatement(holding.files())) {
            select.setString(1, studyUid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (deleteFile(root, rows.getString(1))) {
                        files++;
                        bytes += rows.getLong(2);
                    }
                }
            }
        }
        return new long[] {files, bytes};
    }

    private static boolean deleteFile(Path root, String location) throws IOException {
        Path file = root.resolve(location).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("location " + location + " is outside " + root);
        }
        boolean deleted = Files.deleteIfExists(file);
        for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
            if (!deleteIfEmpty(folder)) {
                break;
            }
        }
        return deleted;
    }

    private static boolean deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    static OffsetDateTime before(Instant now, Duration age) {
        return now.minus(age).atOffset(ZoneOffset.UTC);
    }
}
