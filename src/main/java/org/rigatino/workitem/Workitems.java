package org.rigatino.workitem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** How it stands with services and workitems, for people. */
@ApplicationScoped
public class Workitems {
    private static final int MOST = 200;

    @Inject
    WorkitemConfiguration configuration;

    @Inject
    Session entities;

    /** Those that have not ended come first, then those that ended last, {@value #MOST} in all. */
    @Transactional
    public WorkitemView list() {
        return new WorkitemView(services(), items());
    }

    private List<WorkitemView.Service> services() {
        Map<String, Object[]> asked = entities
                .createNativeQuery(
                        "select name, asked_at, failing_since, last_error from workitem_service", Object[].class)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> (String) row[0], Function.identity()));
        return new TreeMap<>(configuration.services())
                .entrySet().stream()
                        .map(one -> service(
                                one.getKey(),
                                one.getValue().url().toString(),
                                asked.getOrDefault(one.getKey(), new Object[4])))
                        .toList();
    }

    private static WorkitemView.Service service(String name, String url, Object[] row) {
        return new WorkitemView.Service(name, url, (Instant) row[1], (Instant) row[2], (String) row[3]);
    }

    private List<WorkitemView.Item> items() {
        return entities
                .createNativeQuery(
                        "select service, workitem_uid, study_instance_uid, source, state, nullif(progress, -1), cancel_reason,"
                                + " last_error, claimed_at, ended_at from workitem order by ended_at is not null, id desc",
                        Object[].class)
                .setMaxResults(MOST)
                .getResultList()
                .stream()
                .map(row -> new WorkitemView.Item(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        WorkitemState.valueOf((String) row[4]),
                        (Integer) row[5],
                        (String) row[6],
                        (String) row[7],
                        (Instant) row[8],
                        (Instant) row[9]))
                .toList();
    }
}
