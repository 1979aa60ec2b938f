package org.rigatino.rerun;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.rigatino.identity.StudyDay;
import org.rigatino.study.FinishedStudies;

/** The studies of a choice, as the record has them now. Within the caller's transaction. */
@ApplicationScoped
class ChosenStudies {
    private static final String NOT_BY_THIS_RUN =
            FinishedStudies.FINISHED + " and not exists (select 1 from study x where x.rerun_id = :run"
                    + " and x.study_instance_uid = s.study_instance_uid)";

    private static final String REFUSED_BY_HOUSE_RULES =
            "s.state = 'REFUSED' and s.superseded_at is null and s.instances_deleted_at is null"
                    + " and 'house-rules' = any (string_to_array(s.refusal_rule, ', '))"
                    + " and exists (select 1 from instance i where i.study_id = s.id and i.outcome = 'REFUSED')";

    private static final String JUDGED =
            "exists (select 1 from instance i, finding f where i.study_id = s.id and " + FinishedStudies.BY_ANOTHER;

    private static final String FIRST_DAY =
            "(select cast(min(o.first_received_at) at time zone 'UTC' as date) from study o"
                    + " where o.study_instance_uid = s.study_instance_uid)";

    private static final String MOST_URGENT =
            "(select o.priority from study o where o.study_instance_uid = s.study_instance_uid and o.superseded_at is null"
                    + " and o.priority is not null order by array_position(array['HIGH', 'MEDIUM', 'LOW'], o.priority) limit 1)";

    private static final String SECONDS_PER_IMAGE =
            """
            select sum(extract(epoch from restored_at - restoring_at)) / nullif(sum(images_seen), 0)
            from (select restored_at, restoring_at, images_seen from study
                  where rerun_id is null and restored_at >= restoring_at order by id desc limit 200) latest""";

    @Inject
    Session entities;

    RerunPreview preview(RerunChoice choice) {
        Object[] counts = query(
                        "select count(distinct s.study_instance_uid), coalesce(sum((select count(*) from instance n where"
                                + " n.study_id = s.id and n.outcome not in ('OWN_OUTPUT', 'SET_ASIDE'))), 0)",
                        Object[].class,
                        choice,
                        FinishedStudies.FINISHED,
                        "")
                .getSingleResult();
        long images = ((Number) counts[1]).longValue();
        Double each =
                entities.createNativeQuery(SECONDS_PER_IMAGE, Double.class).getSingleResult();
        return new RerunPreview(
                (Long) counts[0],
                images,
                count(choice, FinishedStudies.FILES_DELETED).getSingleResult(),
                refusedByHouseRules(choice),
                each == null ? null : each * images,
                serving());
    }

    List<RerunPreview.Serving> serving() {
        return entities.createNativeQuery(
                        "select model_name || '/' || model_version, model_digest from release_standing"
                                + " where standing = 'SERVING' order by 1, 2",
                        RerunPreview.Serving.class)
                .getResultList();
    }

    /** They have neither priority nor findings. */
    private long refusedByHouseRules(RerunChoice choice) {
        Map<String, Object> parameters = new HashMap<>();
        List<String> conditions = new ArrayList<>(List.of(REFUSED_BY_HOUSE_RULES));
        narrowToReceived(conditions, parameters, choice);
        return query("select count(distinct s.study_instance_uid)", Long.class, conditions, parameters, "")
                .getSingleResult();
    }

    private NativeQuery<Long> count(RerunChoice choice, String condition) {
        return query("select count(distinct s.study_instance_uid)", Long.class, choice, condition, "");
    }

    /** Not judged by the run yet, those included that are on their way. */
    long left(RerunChoice choice, long run) {
        return count(choice, NOT_BY_THIS_RUN).setParameter("run", run).getSingleResult();
    }

    /** The same, cheap: whether there are any. */
    boolean isAnyLeft(RerunChoice choice, long run) {
        return !query("select 1", Integer.class, choice, NOT_BY_THIS_RUN, " limit 1")
                .setParameter("run", run)
                .getResultList()
                .isEmpty();
    }

    /** The last received first; empty also where what is left is on its way. */
    Optional<String> next(RerunChoice choice, long run) {
        return query(
                        "select s.study_instance_uid",
                        String.class,
                        choice,
                        NOT_BY_THIS_RUN + " and not " + FinishedStudies.UNDER_WAY,
                        " order by s.last_received_at desc, s.id desc limit 1")
                .setParameter("run", run)
                .uniqueResultOptional();
    }

    /**
     * Whole studies: each condition but the first says the same of all revisions of one.
     *
     * @param condition on a revision {@code s}
     */
    private <T> NativeQuery<T> query(String select, Class<T> row, RerunChoice choice, String condition, String order) {
        Map<String, Object> parameters = new HashMap<>();
        List<String> conditions = new ArrayList<>(List.of(condition, JUDGED + ")"));
        narrowToReceived(conditions, parameters, choice);
        narrow(
                conditions,
                parameters,
                MOST_URGENT + " = :priority",
                "priority",
                choice.priority() == null ? null : choice.priority().name());
        narrow(
                conditions,
                parameters,
                "s.study_instance_uid in (select s.study_instance_uid from study s where " + condition + " and "
                        + JUDGED + " and f.model_digest = :release))",
                "release",
                choice.modelDigest());
        return query(select, row, conditions, parameters, order);
    }

    private <T> NativeQuery<T> query(
            String select, Class<T> row, List<String> conditions, Map<String, Object> parameters, String order) {
        NativeQuery<T> query = entities.createNativeQuery(
                select + " from study s where " + String.join(" and ", conditions) + order, row);
        parameters.forEach(query::setParameter);
        return query;
    }

    private static void narrowToReceived(List<String> conditions, Map<String, Object> parameters, RerunChoice choice) {
        narrow(conditions, parameters, StudyDay.FROM, "studyFrom", choice.studyDateFrom());
        narrow(conditions, parameters, StudyDay.TO, "studyTo", choice.studyDateTo());
        narrow(conditions, parameters, FIRST_DAY + " >= :receivedFrom", "receivedFrom", choice.receivedFrom());
        narrow(conditions, parameters, FIRST_DAY + " <= :receivedTo", "receivedTo", choice.receivedTo());
        narrow(
                conditions,
                parameters,
                "exists (select 1 from instance n join study o on o.id = n.study_id"
                        + " where o.study_instance_uid = s.study_instance_uid and n.outcome <> 'OWN_OUTPUT'"
                        + " and n.calling_ae_title = :sender)",
                "sender",
                choice.callingAeTitle());
    }

    private static void narrow(
            List<String> conditions, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
    }
}
