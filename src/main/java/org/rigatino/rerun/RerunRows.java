package org.rigatino.rerun;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.rigatino.finding.Priority;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;
import org.rigatino.rerun.Rerun.Failure;
import org.rigatino.rerun.Rerun.Progress;
import org.rigatino.rerun.Rerun.State;
import org.rigatino.rerun.Rerun.Undelivered;

/** The table of runs. Within the caller's transaction. */
@ApplicationScoped
class RerunRows {
    private static final String COLUMNS =
            """
            select id, state, state_reason, state_since, started_by, started_at, ended_at, study_date_from, study_date_to,
              received_from, received_to, calling_ae_title, priority, model_digest from rerun""";

    /** SQL that holds of a revision that was not judged, so that the study keeps what it had. */
    private static final String FAILED = "state = 'FAILED' and restored_at is null";

    private static final String FILES_GONE = "failed_stage = '" + StudyStage.FILES + "'";

    private static final String AT_ITS_END = "(state = 'CONFIRMED' or state = 'DELIVERED' and ended_at is not null)";

    /** The order of {@link Progress}, without what is left. */
    private static final String PROGRESS = "select count(*) filter (where restored_at is not null), "
            + counted("restored_at is not null and " + AT_ITS_END)
            + counted("restored_at is not null and state not in ('FAILED', 'REFUSED') and not " + AT_ITS_END)
            + counted("restored_at is not null and state = 'FAILED'")
            + counted("restored_at is not null and state = 'REFUSED'")
            + counted(FAILED + " and not " + FILES_GONE)
            + counted(FAILED + " and " + FILES_GONE)
            + "count(*) filter (where restored_at is null and state in ('READY', 'RESTORING')) from study where rerun_id = :run";

    /** Without what people say of it, which the study does not wait for. */
    private static final String UNDELIVERED = "select s.study_instance_uid, s.revision, s.state,"
            + " count(*) filter (where d.state = 'FAILED'), count(*) filter (where d.state in ('PENDING', 'SENT')),"
            + " coalesce(s.failure_cause, max(d.last_error) filter (where d.state in ('PENDING', 'SENT', 'FAILED')))"
            + " from (select * from study where rerun_id = :run and restored_at is not null and state <> 'REFUSED' and not "
            + AT_ITS_END + " order by state <> 'FAILED', id desc limit " + Rerun.MOST + ") s"
            + " left join (delivery d join output o on o.id = d.output_id and " + Output.OF_STUDY
            + ") on d.study_id = s.id"
            + " group by s.id, s.study_instance_uid, s.revision, s.state, s.failure_cause"
            + " order by s.state <> 'FAILED', s.id desc";

    private static String counted(String condition) {
        return "count(*) filter (where " + condition + "), ";
    }

    @Inject
    Session entities;

    @Inject
    ChosenStudies chosen;

    /** The latest first. */
    List<Rerun> latest(int most) {
        return runs(COLUMNS + " order by id desc limit " + most, null);
    }

    Optional<Rerun> find(long id) {
        return runs(COLUMNS + " where id = :id", id).stream().findFirst();
    }

    /** Locked, so that who acts on it and who takes the next study of it do one after the other. */
    Optional<LockedRun> locked(long id) {
        return entities.createNativeQuery(COLUMNS + " where id = :id for update", Object[].class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .map(row -> new LockedRun(
                        id, State.valueOf((String) row[1]), (Instant) row[3], (String) row[4], choice(row)));
    }

    /** Of the run that is RUNNING. */
    Optional<Long> running() {
        return entities
                .createNativeQuery("select id from rerun where state = 'RUNNING'", Long.class)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** Empty where one is RUNNING or PAUSED. */
    Optional<Long> insert(RerunChoice choice, String by) {
        return entities
                .createNativeQuery(
                        """
                        insert into rerun (state, state_since, started_by, started_at, study_date_from, study_date_to,
                          received_from, received_to, calling_ae_title, priority, model_digest, serving)
                        values ('RUNNING', :now, :by, :now, cast(:studyFrom as date), cast(:studyTo as date),
                          cast(:from as date), cast(:to as date), :sender, :priority, :release,
                          array(select model_digest from release_standing where standing = 'SERVING' order by 1))
                        on conflict do nothing returning id""",
                        Long.class)
                .setParameter("now", now())
                .setParameter("by", by)
                .setParameter("studyFrom", choice.studyDateFrom())
                .setParameter("studyTo", choice.studyDateTo())
                .setParameter("from", choice.receivedFrom())
                .setParameter("to", choice.receivedTo())
                .setParameter("sender", choice.callingAeTitle())
                .setParameter(
                        "priority",
                        choice.priority() == null ? null : choice.priority().name())
                .setParameter("release", choice.modelDigest())
                .getResultList()
                .stream()
                .findFirst();
    }

    /** Whether other releases serve than a person has seen, who let it run; from now on these are what they see. */
    boolean servingChanged(long id) {
        return entities.createNativeQuery(
                                "update rerun set serving = now.digests from (select array(select model_digest"
                                        + " from release_standing where standing = 'SERVING' order by 1) as digests) now"
                                        + " where id = :id and serving <> now.digests")
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    void move(long id, State state, String reason) {
        entities.createNativeQuery("update rerun set state = :state, state_reason = :reason, state_since = :now,"
                        + " ended_at = case when :ended then cast(:now as timestamptz) end where id = :id")
                .setParameter("state", state.name())
                .setParameter("reason", reason)
                .setParameter("now", now())
                .setParameter("ended", state.isEnded())
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Whether the latest studies that the run took since it stands as it does failed, so many: before they were judged, or at delivery. */
    boolean hasFailedInSuccession(LockedRun run, int studies) {
        Object[] counts = entities.createNativeQuery(
                        "select count(*), count(*) filter (where state = 'FAILED') from (select state from study"
                                + " where rerun_id = :run and ready_at >= :since order by id desc limit :studies) latest",
                        Object[].class)
                .setParameter("run", run.id())
                .setParameter("since", run.stateSince())
                .setParameter("studies", studies)
                .getSingleResult();
        return (Long) counts[0] == studies && counts[0].equals(counts[1]);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private List<Rerun> runs(String sql, Long id) {
        NativeQuery<Object[]> query = entities.createNativeQuery(sql, Object[].class);
        if (id != null) {
            query.setParameter("id", id);
        }
        return query.getResultList().stream().map(this::run).toList();
    }

    private Rerun run(Object[] row) {
        long id = (Long) row[0];
        State state = State.valueOf((String) row[1]);
        RerunChoice choice = choice(row);
        return new Rerun(
                id,
                state,
                (String) row[2],
                (Instant) row[3],
                (String) row[4],
                (Instant) row[5],
                (Instant) row[6],
                choice,
                progress(id, state, choice),
                failures(id),
                undelivered(id));
    }

    private static RerunChoice choice(Object[] row) {
        return new RerunChoice(
                (LocalDate) row[7],
                (LocalDate) row[8],
                (LocalDate) row[9],
                (LocalDate) row[10],
                (String) row[11],
                row[12] == null ? null : Priority.valueOf((String) row[12]),
                (String) row[13]);
    }

    private Progress progress(long id, State state, RerunChoice choice) {
        Object[] counts = entities.createNativeQuery(PROGRESS, Object[].class)
                .setParameter("run", id)
                .getSingleResult();
        return new Progress(
                (Long) counts[0],
                (Long) counts[1],
                (Long) counts[2],
                (Long) counts[3],
                (Long) counts[4],
                (Long) counts[5],
                (Long) counts[6],
                (Long) counts[7],
                state.isEnded() ? null : chosen.left(choice, id));
    }

    private List<Failure> failures(long id) {
        return entities.createNativeQuery(
                        "select study_instance_uid, revision, " + FILES_GONE
                                + ", failure_cause from study where rerun_id = :run" + " and " + FAILED
                                + " order by id desc limit " + Rerun.MOST,
                        Failure.class)
                .setParameter("run", id)
                .getResultList();
    }

    private List<Undelivered> undelivered(long id) {
        return entities.createNativeQuery(UNDELIVERED, Object[].class).setParameter("run", id).getResultList().stream()
                .map(row -> new Undelivered(
                        (String) row[0],
                        (Integer) row[1],
                        StudyState.valueOf((String) row[2]),
                        (Long) row[3],
                        (Long) row[4],
                        (String) row[5]))
                .toList();
    }
}
