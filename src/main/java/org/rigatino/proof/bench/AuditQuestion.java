package org.rigatino.proof.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The usual question to each view, as docs/audit.md asks it. */
enum AuditQuestion {
    RELEASE_OUTPUT(
            "select * from release_output where model_name = 'brain-flair' and model_version = '2'"
                    + " and restored_at >= timestamptz '$DAY' and restored_at < timestamptz '$DAY' + interval '1 day'",
            "finding_of_release"),
    IMAGE_OUTPUT("select * from image_output where image_uid = '$IMAGE'", "instance_sop_instance_uid_key"),
    STUDY_ACCESS(
            "select * from study_access where study_instance_uid = '$STUDY' order by occurred_at",
            "study_instance_uid_id_idx"),
    STUDY_WAIT(
            "select count(*), percentile_cont(array[0.5, 0.95]) within group (order by completion) as completion,"
                    + " percentile_cont(array[0.5, 0.95]) within group (order by queue) as queue,"
                    + " percentile_cont(array[0.5, 0.95]) within group (order by restoration) as restoration,"
                    + " percentile_cont(array[0.5, 0.95]) within group (order by delivery) as delivery,"
                    + " percentile_cont(array[0.5, 0.95]) within group (order by confirmation) as confirmation"
                    + " from study_wait where first_received_at >= timestamptz '$DAY'"
                    + " and first_received_at < timestamptz '$DAY' + interval '1 day'",
            "study_first_received"),
    SCORE_BY_WEEK(
            "select * from score_by_week where model_name = 'brain-flair' and model_version = '2'"
                    + " and week >= date_trunc('week', timestamp '$DAY') and week < date_trunc('week', timestamp '$DAY')"
                    + " + interval '14 days' order by week",
            "finding_of_week"),
    REFUSAL(
            "select * from refusal where occurred_at >= timestamptz '$DAY'"
                    + " and occurred_at < timestamptz '$DAY' + interval '1 day' order by occurred_at",
            "kind_occurred_at_idx",
            "study_judged");

    private static final Pattern SCANNED = Pattern.compile("Seq Scan on (\\w+)");

    private final String sql;
    private final List<String> indexes;

    AuditQuestion(String sql, String... indexes) {
        this.sql = sql;
        this.indexes = List.of(indexes);
    }

    /**
     * What came of it.
     *
     * @param median in ms, of the whole answer read
     * @param indexed whether the plan reads each index of {@link #indexes} and no table of size from end to end
     */
    record Answer(int rows, double median, double worst, boolean indexed) {}

    String view() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names, or for the partitions of the trail the ends of names. */
    List<String> indexes() {
        return indexes;
    }

    Answer ask(Connection auditor, AuditRowsOfStudies rows, int rounds) throws SQLException {
        String question = sql.replace("$DAY", rows.someDay())
                .replace("$STUDY", AuditRowsOfStudies.study(rows.someStudy()))
                .replace("$IMAGE", AuditRowsOfStudies.image(rows.someStudy()));
        String plan = plan(auditor, question);
        int found = count(auditor, question);
        double[] times = IntStream.range(0, rounds)
                .mapToDouble(round -> time(auditor, question))
                .sorted()
                .toArray();
        boolean indexed = indexes.stream().allMatch(plan::contains) && !readsWhole(auditor, plan);
        return new Answer(found, times[times.length / 2], times[times.length - 1], indexed);
    }

    private static double time(Connection auditor, String question) {
        try {
            long start = System.nanoTime();
            count(auditor, question);
            return (System.nanoTime() - start) / 1e6;
        } catch (SQLException e) {
            throw new IllegalStateException(question + ": " + e.getMessage(), e);
        }
    }

    private static int count(Connection auditor, String question) throws SQLException {
        try (Statement statement = auditor.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            int found = 0;
            while (rows.next()) {
                found++;
            }
            return found;
        }
    }

    /** Whether a table of size is read from end to end; of an empty month that is the quickest way. */
    private static boolean readsWhole(Connection auditor, String plan) throws SQLException {
        String[] tables =
                SCANNED.matcher(plan).results().map(scan -> scan.group(1)).toArray(String[]::new);
        try (PreparedStatement select = auditor.prepareStatement(
                "select exists (select from pg_class where relname = any (?) and reltuples > 1000)")) {
            select.setArray(1, auditor.createArrayOf("text", tables));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String plan(Connection auditor, String question) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement statement = auditor.createStatement();
                ResultSet lines = statement.executeQuery("explain " + question)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
