package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.rigatino.release.WhatIf.ChangedStudy;
import org.rigatino.release.WhatIf.Images;
import org.rigatino.release.WhatIf.OfModality;
import org.rigatino.release.WhatIf.Studies;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.NormalStudies;

/** Answers to {@link WhatIfChoice} from the record: each looks at the latest {@value WhatIf#MOST} rows, found by an index. */
@ApplicationScoped
public class WhatIfQueries {
    private static final Instant EVER = Instant.parse("9000-01-01T00:00:00Z");
    private static final String MODALITY = "modality";

    /** As {@link NormalStudies#flags}, which forgives rounding. */
    private static final String WAS = "s.p_value <= s.false_alarms + 1e-9";

    private static final String WOULD_BE = "s.p_value <= :alpha + 1e-9";

    static final String STUDIES = " "
            + """
            from (select s.id, s.study_instance_uid, s.revision, s.p_value, s.false_alarms, s.normal_studies, s.priority,
                     s.first_received_at
                   from study s where s.deciding_digest = :digest and s.p_value is not null and s.superseded_at is null
                     and s.state <> 'REFUSED' and s.first_received_at >= :from and s.first_received_at < :to
                     and (cast(:sender as text) is null or exists (select 1 from instance n
                       where n.study_id = s.id and n.calling_ae_title = cast(:sender as text)))
                   order by s.first_received_at desc, s.id desc limit :most) s""";

    static final String IMAGES = " "
            + """
            from (select f.instance_id, f.score, f.flagged, f.created_at from finding f
                   where f.model_name = :name and f.model_version = :version and f.model_digest = :digest
                     and f.created_at >= :from and f.created_at < :to
                   order by f.created_at desc limit :most) f
             join instance i on i.id = f.instance_id and i.outcome = 'RESTORED'
               and f.created_at = (select max(l.created_at) from finding l where l.instance_id = i.id)
               and (cast(:sender as text) is null or i.calling_ae_title = cast(:sender as text))""";

    static final String REFUSED = " "
            + """
            from (select i.modality, i.outcome_reason, i.calling_ae_title from instance i
                   where i.outcome = 'REFUSED' and i.received_at >= :from and i.received_at < :to
                   order by i.received_at desc limit :most) i""";

    private static final String OTHERS =
            """
            exists (select 1 from instance n join finding f on f.instance_id = n.id
              where n.study_id = s.id and n.outcome = 'RESTORED' and f.model_digest <> :digest
                and f.created_at = (select max(created_at) from finding where instance_id = n.id))""";

    @Inject
    Session entities;

    @Inject
    ReleaseRecord record;

    /**
     * @throws NoSuchElementException where no worker has seen the release
     * @throws IllegalArgumentException where its normal studies are too few for the false alarms that are supposed
     */
    @Transactional
    public WhatIf ask(String digest, WhatIfChoice choice) {
        RecordedRelease release = record.all().stream()
                .filter(one -> one.digest().equals(digest))
                .findFirst()
                .orElseThrow(() -> WhatIfReason.UNKNOWN.unknown(digest));
        return new WhatIf(
                digest,
                release.name() + "/" + release.version(),
                choice.falseAlarmsPer100() == null ? null : studies(digest, choice),
                choice.threshold() == null ? null : images(release, choice),
                choice.modality() == null ? null : modality(release, choice));
    }

    private static void requireReach(int studies, double alpha) {
        try {
            NormalStudies.requireReach(studies, alpha);
        } catch (IllegalArgumentException e) {
            throw WhatIfReason.TOO_FEW.wrong(e.getMessage());
        }
    }

    private Studies studies(String digest, WhatIfChoice choice) {
        double alpha = choice.falseAlarmsPer100() / 100;
        Object[] counts = counts(digest, alpha, choice);
        if (counts[6] != null) {
            requireReach((Integer) counts[6], alpha);
        }
        List<Object[]> rows = changed(digest, alpha, choice);
        boolean more = rows.size() > WhatIf.LISTED;
        List<Object[]> listed = more ? rows.subList(0, WhatIf.LISTED) : rows;
        return new Studies(
                (Long) counts[0],
                (Long) counts[0] == WhatIf.MOST,
                (Long) counts[1],
                (Long) counts[2],
                (Long) counts[3],
                (Long) counts[4],
                (Long) counts[5],
                listed.stream().map(WhatIfQueries::changed).toList(),
                more ? (Long) listed.get(listed.size() - 1)[0] : null);
    }

    /** As {@link Studies} has them, and the most normal studies that any was set against. */
    private Object[] counts(String digest, double alpha, WhatIfChoice choice) {
        return query(
                        "select count(*), count(*) filter (where " + WAS + "), count(*) filter (where " + WOULD_BE
                                + "), count(*) filter (where " + WOULD_BE + " and not " + WAS
                                + "), count(*) filter (where " + WAS + " and not " + WOULD_BE
                                + "), count(*) filter (where s.priority = 'HIGH' and not " + WAS
                                + "), max(s.normal_studies)" + STUDIES,
                        Object[].class,
                        choice)
                .setParameter("digest", digest)
                .setParameter("alpha", alpha)
                .getSingleResult();
    }

    /** One more than is listed, where there are. */
    private List<Object[]> changed(String digest, double alpha, WhatIfChoice choice) {
        return query(
                        "select s.id, s.study_instance_uid, s.revision, s.first_received_at, s.p_value, s.false_alarms, "
                                + WOULD_BE + ", " + OTHERS + STUDIES + " where (" + WAS + ") <> (" + WOULD_BE
                                + ") and s.id < :before order by s.id desc limit :listed",
                        Object[].class,
                        choice)
                .setParameter("digest", digest)
                .setParameter("alpha", alpha)
                .setParameter("before", choice.before() == null ? Long.MAX_VALUE : choice.before())
                .setParameter("listed", WhatIf.LISTED + 1)
                .getResultList();
    }

    private static ChangedStudy changed(Object[] row) {
        return new ChangedStudy(
                (String) row[1],
                (Integer) row[2],
                (Instant) row[3],
                (Double) row[4],
                100 * (Double) row[5],
                (Boolean) row[6],
                (Boolean) row[7]);
    }

    private Images images(RecordedRelease release, WhatIfChoice choice) {
        Object[] counts = ofRelease(
                        "select count(*), count(*) filter (where f.flagged), count(*) filter (where f.score >= :threshold),"
                                + " count(*) filter (where f.score >= :threshold and not f.flagged),"
                                + " count(*) filter (where f.flagged and not f.score >= :threshold)" + IMAGES,
                        Object[].class,
                        release,
                        choice)
                .setParameter("threshold", choice.threshold())
                .getSingleResult();
        List<String> studies = ofRelease(
                        "select s.study_instance_uid" + IMAGES
                                + " join study s on s.id = i.study_id where f.flagged <> (f.score >= :threshold)"
                                + " group by 1 order by max(i.id) desc limit :listed",
                        String.class,
                        release,
                        choice)
                .setParameter("threshold", choice.threshold())
                .setParameter("listed", WhatIf.LISTED)
                .getResultList();
        return new Images(
                (Long) counts[0],
                isMore(release, choice),
                (Long) counts[1],
                (Long) counts[2],
                (Long) counts[3],
                (Long) counts[4],
                studies);
    }

    private OfModality modality(RecordedRelease release, WhatIfChoice choice) {
        String[] modality = choice.modality().toArray(String[]::new);
        Object[] judged = ofRelease(
                        "select count(*), count(*) filter (where not coalesce(i.modality = any(cast(:modality as text[])), false))"
                                + IMAGES,
                        Object[].class,
                        release,
                        choice)
                .setParameter(MODALITY, modality)
                .getSingleResult();
        Object[] refused = query(
                        "select count(*), count(*) filter (where i.modality = any(cast(:modality as text[])) and 'modality' ="
                                + " any(string_to_array(i.outcome_reason, ', ')) and (cast(:sender as text) is null or"
                                + " i.calling_ae_title = cast(:sender as text)))" + REFUSED,
                        Object[].class,
                        choice)
                .setParameter(MODALITY, modality)
                .getSingleResult();
        return new OfModality(
                (Long) judged[0],
                (Long) judged[1],
                (Long) refused[1],
                isMore(release, choice) || (Long) refused[0] == WhatIf.MOST,
                Stream.concat(Eligibility.rules().stream(), Stream.of("unlike"))
                        .filter(rule -> !rule.equals(MODALITY))
                        .toList());
    }

    /** Whether as many judged frames were looked at as are looked at. */
    private boolean isMore(RecordedRelease release, WhatIfChoice choice) {
        String looked = IMAGES.substring(0, IMAGES.indexOf("join instance"));
        NativeQuery<Long> query = bounds(entities.createNativeQuery("select count(*)" + looked, Long.class), choice);
        return named(query, release).getSingleResult() == WhatIf.MOST;
    }

    private <T> NativeQuery<T> ofRelease(String sql, Class<T> row, RecordedRelease release, WhatIfChoice choice) {
        return named(query(sql, row, choice), release);
    }

    private static <T> NativeQuery<T> named(NativeQuery<T> query, RecordedRelease release) {
        return query.setParameter("name", release.name())
                .setParameter("version", release.version())
                .setParameter("digest", release.digest());
    }

    private <T> NativeQuery<T> query(String sql, Class<T> row, WhatIfChoice choice) {
        return bounds(entities.createNativeQuery(sql, row), choice).setParameter("sender", choice.callingAeTitle());
    }

    private static <T> NativeQuery<T> bounds(NativeQuery<T> query, WhatIfChoice choice) {
        return query.setParameter("from", start(choice.receivedFrom(), Instant.EPOCH))
                .setParameter(
                        "to",
                        start(
                                choice.receivedTo() == null
                                        ? null
                                        : choice.receivedTo().plusDays(1),
                                EVER))
                .setParameter("most", WhatIf.MOST);
    }

    private static Instant start(LocalDate day, Instant otherwise) {
        return day == null ? otherwise : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
