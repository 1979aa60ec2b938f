package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;

class WorklistPlaceTest {
    @TempDir
    static Path folder;

    /** What is less urgent never stands before an earlier study: nobody may have read that either. */
    @Test
    void earlierStudiesStandBehindOthersOfTheirPriority() throws Exception {
        List<String> order = new ArrayList<>();
        try (EmbeddedPostgres postgres = MigratedCluster.start(folder.resolve("postgres"));
                Connection owner = DriverManager.getConnection(
                        postgres.jdbcUrl(), DatabaseRole.OWNER.roleName(), postgres.password(DatabaseRole.OWNER));
                Statement statement = owner.createStatement()) {
            statement.execute(
                    """
                    insert into worklist_entry (study_instance_uid, revision, state, priority, images_seen, images_restored,
                      images_failed, waiting_since, listed_at, earlier, escalated_by, escalated_at)
                    select priority || case when earlier then ' earlier' else '' end || case when escalated then ' escalated' else '' end,
                      1, 'OPEN', priority, 1, 1, 0, now(), now(), earlier, case when escalated then 'carla' end,
                      case when escalated then now() end
                    from unnest(array['LOW', 'MEDIUM', 'UNJUDGED', 'HIGH']) as priority,
                      unnest(array[true, false]) as earlier, unnest(array[true, false]) as escalated""");
            try (ResultSet rows =
                    statement.executeQuery("select study_instance_uid from worklist_entry order by place")) {
                while (rows.next()) {
                    order.add(rows.getString(1));
                }
            }
        }
        assertThat(order).hasSize(16).containsSubsequence("LOW earlier escalated", "HIGH", "HIGH earlier", "UNJUDGED");
        assertThat(order)
                .endsWith(
                        "HIGH",
                        "HIGH earlier",
                        "UNJUDGED",
                        "UNJUDGED earlier",
                        "MEDIUM",
                        "MEDIUM earlier",
                        "LOW",
                        "LOW earlier");
    }
}
