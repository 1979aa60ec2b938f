package org.rigatino.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;

/** Rows of {@code release_standing}, in the caller's transaction or one of their own. */
@ApplicationScoped
class ReleaseRecord {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Inject
    Session entities;

    /** One process at a time changes which releases serve. Until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock() {
        entities.createNativeQuery(
                        "select 1 from pg_advisory_xact_lock(hashtextextended('rigatino.releases', 0))", Integer.class)
                .getSingleResult();
    }

    /** By name and version. */
    @Transactional
    List<RecordedRelease> all() {
        return entities
                .createNativeQuery(
                        "select model_digest, model_name, model_version, eligibility, standing, since, changed_by,"
                                + " took_place_of, normal_studies, limits_unlike, measured,"
                                + " measured_at, joins_slices, reads from release_standing order by model_name, model_version, model_digest",
                        Object[].class)
                .getResultList()
                .stream()
                .map(ReleaseRecord::release)
                .toList();
    }

    private static RecordedRelease release(Object[] row) {
        String digests = (String) row[7];
        return new RecordedRelease(
                (String) row[0],
                (String) row[1],
                (String) row[2],
                eligibility((String) row[3], row[1] + "/" + row[2]),
                Standing.valueOf((String) row[4]),
                (Instant) row[5],
                (String) row[6],
                digests.isEmpty() ? List.of() : Arrays.asList(digests.split(" ")),
                row[8] == null
                        ? null
                        : new Traits(
                                (Integer) row[8],
                                (Boolean) row[9],
                                (Boolean) row[10],
                                (Instant) row[11],
                                (Boolean) row[12],
                                (Boolean) row[13]));
    }

    private static Eligibility eligibility(String json, String model) {
        try {
            return JSON.readValue(json, Eligibility.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the eligibility of " + model + " in release_standing cannot be read: " + e.getOriginalMessage(),
                    e);
        }
    }

    @Transactional
    Optional<RecordedRelease> find(String digest) {
        return all().stream().filter(release -> release.digest().equals(digest)).findFirst();
    }

    /** Whether findings of it are on record: of before which release serves was. */
    @Transactional
    boolean hasJudged(ModelRelease release) {
        return entities.createNativeQuery(
                        "select exists (select 1 from finding where model_name = :name and model_version = :version"
                                + " and model_digest = :digest)",
                        Boolean.class)
                .setParameter("name", release.name())
                .setParameter("version", release.version())
                .setParameter("digest", release.digest())
                .getSingleResult();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void add(ModelRelease release, Standing standing) {
        try {
            entities.createNativeQuery(
                            "insert into release_standing (model_digest, model_name, model_version, eligibility,"
                                    + " standing, since) values (:digest, :name, :version, :eligibility, :standing, now())")
                    .setParameter("digest", release.digest())
                    .setParameter("name", release.name())
                    .setParameter("version", release.version())
                    .setParameter(
                            "eligibility",
                            JSON.writeValueAsString(release.file().eligibility()))
                    .setParameter("standing", standing.name())
                    .executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void note(String digest, Traits traits) {
        entities.createNativeQuery("update release_standing set normal_studies = :studies, limits_unlike = :unlike,"
                        + " measured = :measured, measured_at = cast(cast(:measuredAt as text) as timestamptz), joins_slices = :joins,"
                        + " reads = :reads"
                        + " where model_digest = :digest")
                .setParameter("studies", traits.normalStudies())
                .setParameter("unlike", traits.limitsUnlike())
                .setParameter("measured", traits.measured())
                .setParameter(
                        "measuredAt",
                        traits.measuredAt() == null ? null : traits.measuredAt().toString())
                .setParameter("joins", traits.joinsSlices())
                .setParameter("reads", traits.reads())
                .setParameter("digest", digest)
                .executeUpdate();
    }

    /** @param tookPlaceOf null leaves what is there */
    @Transactional(Transactional.TxType.MANDATORY)
    void change(String digest, Standing standing, String by, List<String> tookPlaceOf) {
        entities.createNativeQuery(
                        "update release_standing set standing = :standing, since = now(), changed_by = :by,"
                                + " took_place_of = coalesce(cast(:places as text), took_place_of) where model_digest = :digest")
                .setParameter("standing", standing.name())
                .setParameter("by", by)
                .setParameter("places", tookPlaceOf == null ? null : String.join(" ", tookPlaceOf))
                .setParameter("digest", digest)
                .executeUpdate();
    }
}
