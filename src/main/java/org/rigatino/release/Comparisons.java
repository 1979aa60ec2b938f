package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.rigatino.release.Comparison.Agreement;
import org.rigatino.release.Comparison.Cost;
import org.rigatino.release.Comparison.Failure;
import org.rigatino.release.Comparison.ImageThatDiffers;
import org.rigatino.release.Comparison.PassedOver;
import org.rigatino.release.Comparison.Runs;
import org.rigatino.release.Comparison.StudyThatDiffers;
import org.rigatino.release.ReleaseView.Named;

/** Releases in shadow, each beside those that serve for the same images. */
@ApplicationScoped
public class Comparisons {
    private static final int FAILURES = 5;

    /** Of the shadow's latest studies those that the other judged too. */
    private static final String STUDIES =
            """
             from (select id, study_id, priority, p_value, ended_at, withheld from release_run
                   where model_digest = :shadow and standing = 'SHADOW' and state = 'DONE' order by id desc limit :studies) r
             join study s on s.id = r.study_id and s.superseded_at is null""";

    private static final String PAIRS =
            "select s.study_instance_uid, i.sop_instance_uid, sf.frame_number, sf.percentile, sf.flagged, f.percentile,"
                    + " f.flagged " + STUDIES
                    + """

                     join shadow_finding sf on sf.run_id = r.id
                     join instance i on i.id = sf.instance_id and i.outcome = 'RESTORED'
                     join lateral (select percentile, flagged from finding
                                   where instance_id = sf.instance_id and frame_number = sf.frame_number
                                     and model_digest = :other order by created_at desc, id desc limit 1) f on true
                     order by r.id desc, sf.instance_id, sf.frame_number limit :images""";

    private static final String JUDGED = " " + STUDIES
            + """

             where s.priority is not null and exists (select 1 from instance i join finding f on f.instance_id = i.id
               where i.study_id = s.id and i.outcome = 'RESTORED' and f.model_digest = :other
                 and f.created_at = (select max(created_at) from finding where instance_id = i.id))""";

    private static final String PASSED_OVER =
            "select count(*) filter (where not judged), count(*) from (select sf.run_id is not null as judged "
                    + STUDIES
                    + """

                     join instance i on i.study_id = s.id and i.outcome = 'RESTORED' and i.id <> all (r.withheld)
                     join finding f on f.instance_id = i.id and f.model_digest = :other
                       and f.created_at = (select max(created_at) from finding where instance_id = i.id)
                     left join shadow_finding sf on sf.run_id = r.id and sf.instance_id = i.id
                       and sf.frame_number = f.frame_number
                     order by r.id desc limit :images) latest""";

    private static final String BY_BOTH = " and r.priority is not null";

    private static final String BY_THE_OTHER_ALONE =
            """
             and r.priority is null and exists (select 1 from instance n join finding f on f.instance_id = n.id
               where n.study_id = s.id and n.outcome = 'RESTORED' and n.id <> all (r.withheld) and f.model_digest = :other)""";

    /** Slices of its other revisions confirm or deny those of a study against normal studies: the shadow had its own alone. */
    private static final String WITH_OTHERS =
            """
             ((r.p_value is not null or s.p_value is not null) and exists (select 1 from study o
               where o.study_instance_uid = s.study_instance_uid and o.id <> s.id and o.superseded_at is null
                 and o.priority is not null))""";

    /** Then its priority is the most urgent of all, and what the other alone would say is not on record. */
    private static final String OF_OTHERS =
            """
             exists (select 1 from instance n join finding f on f.instance_id = n.id
               where n.study_id = s.id and n.outcome = 'RESTORED' and f.model_digest <> :other
                 and f.created_at = (select max(created_at) from finding where instance_id = n.id))""";

    private static final String LEFT_OUT = " (" + WITH_OTHERS + " or " + OF_OTHERS + ")";

    @Inject
    Session entities;

    @Inject
    ReleaseRecord record;

    @Inject
    Presence presence;

    /** A shadow beside each that serves for such images; none where it serves, or no worker has seen it. */
    @Transactional
    public List<Comparison> of(String digest) {
        return pairsOf(digest).stream()
                .map(pair -> compare(pair.shadow(), pair.other()))
                .toList();
    }

    /** Of all shadows. */
    @Transactional
    public List<Comparison> all() {
        return record.all().stream()
                .flatMap(release -> of(release.digest()).stream())
                .toList();
    }

    /**
     * Percentiles of the images that both judged.
     *
     * @param shadow on the release in shadow
     * @param other on the one beside it
     */
    public record Points(Named inShadow, Named beside, double[] shadow, double[] other) {}

    /** Empty where the two are no such pair. */
    @Transactional
    public Optional<Points> points(String shadow, String other) {
        return pairsOf(shadow).stream()
                .filter(pair -> pair.other().digest().equals(other))
                .findFirst()
                .map(pair -> {
                    ImagePairs images = images(shadow, other);
                    return new Points(Named.of(pair.shadow()), Named.of(pair.other()), images.shadow(), images.other());
                });
    }

    private record Pair(RecordedRelease shadow, RecordedRelease other) {}

    private List<Pair> pairsOf(String digest) {
        List<RecordedRelease> all = record.all();
        return all.stream()
                .filter(release -> release.digest().equals(digest) && !release.serves())
                .flatMap(
                        shadow -> Standings.judges(all, shadow.claim()).stream().map(other -> new Pair(shadow, other)))
                .toList();
    }

    private Comparison compare(RecordedRelease shadow, RecordedRelease other) {
        ImagePairs images = images(shadow.digest(), other.digest());
        return new Comparison(
                Named.of(shadow),
                Named.of(other),
                runs(shadow.digest()),
                images.agreement(),
                images.rankCorrelation(),
                images.differing(),
                studies(shadow.digest(), other.digest()),
                studiesLeftOut(shadow.digest(), other.digest()),
                passedOver(shadow.digest(), other.digest()),
                studiesThatDiffer(shadow.digest(), other.digest()),
                cost(shadow.digest(), Standing.SHADOW),
                cost(other.digest(), Standing.SERVING));
    }

    private ImagePairs images(String shadow, String other) {
        return new ImagePairs(entities.createNativeQuery(PAIRS, ImageThatDiffers.class)
                .setParameter("shadow", shadow)
                .setParameter("other", other)
                .setParameter("studies", Comparison.MOST_STUDIES)
                .setParameter("images", Comparison.MOST_IMAGES)
                .getResultList());
    }

    @Transactional
    PassedOver passedOver(String shadow, String other) {
        Object[] images = entities.createNativeQuery(PASSED_OVER, Object[].class)
                .setParameter("shadow", shadow)
                .setParameter("other", other)
                .setParameter("studies", Comparison.MOST_STUDIES)
                .setParameter("images", Comparison.MOST_IMAGES)
                .getSingleResult();
        long studies = entities.createNativeQuery("select count(*)" + JUDGED + BY_THE_OTHER_ALONE, Long.class)
                .setParameter("shadow", shadow)
                .setParameter("other", other)
                .setParameter("studies", Comparison.MOST_STUDIES)
                .getSingleResult();
        return new PassedOver((Long) images[0], (Long) images[1], studies);
    }

    /** How many of the shadow's latest studies both judged. */
    @Transactional
    long studiesCompared(String shadow, String other) {
        return studies(shadow, other).all();
    }

    private Agreement studies(String shadow, String other) {
        return entities.createNativeQuery(
                        "select count(*), count(*) filter (where r.priority = 'HIGH' and s.priority = 'HIGH'),"
                                + " count(*) filter (where r.priority = 'HIGH' and s.priority <> 'HIGH'),"
                                + " count(*) filter (where r.priority is distinct from 'HIGH' and s.priority = 'HIGH')"
                                + JUDGED + BY_BOTH + " and not" + LEFT_OUT,
                        Agreement.class)
                .setParameter("shadow", shadow)
                .setParameter("other", other)
                .setParameter("studies", Comparison.MOST_STUDIES)
                .getSingleResult();
    }

    private long studiesLeftOut(String shadow, String other) {
        return entities.createNativeQuery("select count(*)" + JUDGED + BY_BOTH + " and" + LEFT_OUT, Long.class)
                .setParameter("shadow", shadow)
                .setParameter("other", other)
                .setParameter("studies", Comparison.MOST_STUDIES)
                .getSingleResult();
    }

    private List<StudyThatDiffers> studiesThatDiffer(String shadow, String other) {
        return entities.createNativeQuery(
                        "select s.study_instance_uid, s.revision, r.priority, s.priority, r.ended_at" + JUDGED
                                + " and not" + LEFT_OUT
                                + " and (r.priority is not distinct from 'HIGH') <> (s.priority = 'HIGH')"
                                + " order by r.id desc limit :most",
                        StudyThatDiffers.class)
                .setParameter("shadow", shadow)
                .setParameter("other", other)
                .setParameter("studies", Comparison.MOST_STUDIES)
                .setParameter("most", Comparison.MOST_LISTED)
                .getResultList();
    }

    private Runs runs(String shadow) {
        Object[] counts = entities.createNativeQuery(
                        "select count(*) filter (where state = 'DONE'), count(*) filter (where state = 'FAILED')"
                                + " from release_run where model_digest = :shadow and standing = 'SHADOW'",
                        Object[].class)
                .setParameter("shadow", shadow)
                .getSingleResult();
        List<Failure> failures = entities.createNativeQuery(
                        "select s.study_instance_uid, r.cause, r.ended_at from release_run r join study s on s.id = r.study_id"
                                + " where r.model_digest = :shadow and r.standing = 'SHADOW' and r.state = 'FAILED'"
                                + " order by r.id desc limit :most",
                        Failure.class)
                .setParameter("shadow", shadow)
                .setParameter("most", FAILURES)
                .getResultList();
        return new Runs((Long) counts[0], (Long) counts[1], failures);
    }

    private Cost cost(String digest, Standing standing) {
        Object[] row = entities.createNativeQuery(
                        """
                        select coalesce(sum(images), 0), sum(drawing_seconds) / nullif(sum(images), 0), avg(work_seconds)
                        from (select images, drawing_seconds, work_seconds from release_run
                              where model_digest = :digest and standing = :standing and state = 'DONE'
                              order by id desc limit :studies) latest""",
                        Object[].class)
                .setParameter("digest", digest)
                .setParameter("standing", standing.name())
                .setParameter("studies", Comparison.MOST_STUDIES)
                .getSingleResult();
        return new Cost(
                (Long) row[0],
                (Double) row[1],
                (Double) row[2],
                presence.of(digest).residentBytes());
    }
}
