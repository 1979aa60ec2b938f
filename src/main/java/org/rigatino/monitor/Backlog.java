package org.rigatino.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the record says is still under way, and what has failed and waits for a person. */
@ApplicationScoped
public class Backlog {
    private static final String STUDIES =
            """
            select 'study', state, count(*),
                   min(coalesce(case state when 'RECEIVING' then first_received_at when 'READY' then ready_at
                                  when 'RESTORING' then restoring_at when 'DELIVERED' then delivered_at
                                  when 'FAILED' then ended_at else restored_at end, first_received_at))
            from study where state not in ('CONFIRMED', 'REFUSED')
                  and not (rerun_id is not null and restored_at is null)
                  and not (state = 'DELIVERED' and ended_at is not null)
                  and not (state = 'FAILED' and superseded_at is not null)
            group by state""";

    /** Literals, and no column but those of the partial index delivery_open, which alone is read. */
    static final String DELIVERIES =
            """
            select destination, state, count(*), min(state_since) from delivery
            where state in ('PENDING', 'SENT', 'FAILED') group by destination, state""";

    private static final String RETRIEVALS =
            """
            select source, state, count(*), min(requested_at)
            from retrieval where state = 'PENDING'
              or state = 'FAILED' and event_source not in ('fetch', 'earlier') and ended_at > now() - interval '1 day'
            group by source, state""";

    private static final String WORKITEMS =
            """
            select service, state, count(*), min(found_at)
            from workitem where ended_at is null or state = 'GIVEN_UP' group by service, state""";

    private static final String SERVICES =
            """
            select name, 'FAILING', 1, failing_since from workitem_service where failing_since is not null""";

    private static final String IDENTITIES =
            """
            select 'identity', 'MARKED', count(*), min(marked_at) from identity_said having count(*) > 0
            union all
            select 'identity', 'DUE', count(*), min(due_at) from identity_due having count(*) > 0""";

    /** Rows of the trail, by receiver; one that is not configured any more keeps its place. */
    private static final String FORWARDING =
            """
            select f.receiver, 'WAITING', greatest(h.id - f.last_id, 0), coalesce((select occurred_at from audit_event
              where id > f.last_id order by id limit 1), now())
            from audit_forwarding f, audit_head h""";

    /**
     * What waits in one place.
     *
     * @param place destination or source by its configured name
     * @param state of the row
     * @param since when the oldest came there
     */
    public record Waiting(String place, String state, long count, Instant since) {}

    @Inject
    DataSource dataSource;

    /** Study revisions by state, those without an outcome and those that have failed. */
    public List<Waiting> studies() throws SQLException {
        return query(STUDIES);
    }

    /** Deliveries by destination and state: PENDING, SENT (not yet confirmed) and FAILED. */
    public List<Waiting> deliveries() throws SQLException {
        return query(DELIVERIES);
    }

    /** Studies still to be fetched, by source, and those that were given up within a day and that no person waits for. */
    public List<Waiting> retrievals() throws SQLException {
        return query(RETRIEVALS);
    }

    /** Workitems by service and state: those that are claimed, and GIVEN_UP, which somebody has to end at the service. */
    public List<Waiting> workitems() throws SQLException {
        return query(WORKITEMS);
    }

    /** Services of workitems that have not answered as they should since then. */
    public List<Waiting> failingServices() throws SQLException {
        return query(SERVICES);
    }

    /** Rows of identity_said (MARKED) and of identity_due (DUE): studies that others are shown anew by, or are themselves. */
    public List<Waiting> identities() throws SQLException {
        return query(IDENTITIES);
    }

    /** Rows of the trail that wait for a syslog receiver, which is HOST:PORT. */
    public List<Waiting> forwarding(String receiver) throws SQLException {
        return query(FORWARDING).stream()
                .filter(waiting -> waiting.place().equals(receiver))
                .toList();
    }

    private List<Waiting> query(String sql) throws SQLException {
        List<Waiting> found = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Waiting(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getTimestamp(4).toInstant()));
            }
        }
        return found;
    }
}
