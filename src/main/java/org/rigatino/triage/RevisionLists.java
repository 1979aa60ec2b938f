package org.rigatino.triage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.Reader;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.Routing;

/** Study revisions that are not on the worklist: what has arrived and is not judged, and what was refused. */
@ApplicationScoped
public class RevisionLists {
    /** Which of them. */
    public enum Kind {
        /** Received, and not judged yet. */
        ARRIVING("s.state in ('RECEIVING', 'READY', 'RESTORING') and s.superseded_at is null and s.rerun_id is null"),
        /** And nobody has settled it since. */
        REFUSED(
                "s.state = 'REFUSED' and s.superseded_at is null and not (s.rerun_id is not null and s.restored_at is null)");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }
    }

    private static final String INSTANCE =
            " from instance n where n.study_id = s.id and n.outcome <> 'OWN_OUTPUT' and ";

    private static final String COLUMNS =
            "select s.study_instance_uid, s.revision, s.state, s.refusal_rule, s.first_received_at, s.last_received_at,"
                    + " (select count(*)" + INSTANCE + "true),"
                    + " (select string_agg(distinct n.calling_ae_title, chr(10))" + INSTANCE + "true),"
                    + " (select min(n.outcome_detail)" + INSTANCE + "n.outcome_detail is not null)";

    @Inject
    Session entities;

    @Inject
    Identities identities;

    @Inject
    Routing routing;

    /**
     * The last received first.
     *
     * @param page from 0
     * @throws org.rigatino.identity.IdentityFilter.NotForThemException where the reader looks for what they are not shown
     */
    @Transactional
    public RevisionPage list(Kind kind, StudyFilter filter, int page, int size, Reader reader) {
        long total = count(kind, filter, reader);
        List<Object[]> rows = query(
                        COLUMNS, Object[].class, kind, filter, " order by s.last_received_at desc, s.id desc", reader)
                .setFirstResult(page * size)
                .setMaxResults(size)
                .getResultList();
        Map<String, Identity> whose =
                identities.show(rows.stream().map(row -> (String) row[0]).collect(Collectors.toSet()), reader);
        return new RevisionPage(
                total, page, size, rows.stream().map(row -> row(row, whose)).toList());
    }

    /** The same, or the last page where there is none so far behind. */
    @Transactional
    public RevisionPage listOrLast(Kind kind, StudyFilter filter, int page, int size, Reader reader) {
        RevisionPage list = list(kind, filter, page, size, reader);
        return list.entries().isEmpty() && list.last() < page ? list(kind, filter, list.last(), size, reader) : list;
    }

    private RevisionPage.Row row(Object[] row, Map<String, Identity> whose) {
        StudyState state = StudyState.valueOf((String) row[2]);
        String senders = (String) row[7];
        return new RevisionPage.Row(
                (String) row[0],
                whose.get((String) row[0]),
                (Integer) row[1],
                state,
                (String) row[3],
                (String) row[8],
                routing.waitsFor(state),
                ((Number) row[6]).intValue(),
                senders == null ? List.of() : Arrays.asList(senders.split("\n")),
                (Instant) row[4],
                (Instant) row[5]);
    }

    /** How many there are. */
    @Transactional
    public long count(Kind kind, StudyFilter filter, Reader reader) {
        filter.identity().require(reader.level());
        return query("select count(*)", Long.class, kind, filter, "", reader).getSingleResult();
    }

    private <T> NativeQuery<T> query(
            String select, Class<T> row, Kind kind, StudyFilter filter, String order, Reader reader) {
        String conditions = filter.conditions(
                        "exists (select 1" + INSTANCE + "n.modality in (:modalities))",
                        "exists (select 1" + INSTANCE + "n.calling_ae_title = :sender)",
                        reader.level())
                .collect(Collectors.joining(" and "));
        NativeQuery<T> query = entities.createNativeQuery(
                select + " from study s" + filter.join("s") + " where " + kind.condition + " and " + conditions + order,
                row);
        filter.parameters(reader.level()).forEach(query::setParameter);
        return query;
    }
}
