package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.restore.AbsentRelease;
import org.rigatino.restore.Claim;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.restore.RestoreConfiguration;

/** Which releases serve: files say what there is, the record says which of it serves, for all processes at once. */
@ApplicationScoped
public class Standings {
    @Inject
    ReleaseRecord record;

    @Inject
    ReleasesAtHand atHand;

    @Inject
    RestoreConfiguration configuration;

    @Inject
    AuditTrail audit;

    /** Of all releases that a worker has ever seen, by name and version. */
    public List<RecordedRelease> all() {
        return record.all();
    }

    /**
     * Records releases here that no worker has seen before. One whose images nobody judges serves, unless a person left
     * them to nobody; one whose images another judges is in shadow, whatever the other's files have come to; so is one that {@code rigatino.restore.shadow} names.
     * Of new ones the one that has judged here serves: on a record of 0.1.0, which does not say which does. One that is
     * superseded is not recorded where it has not, unless it is to be in shadow.
     *
     * @throws IOException where a new one overlaps another new one and nothing says which serves: nothing is recorded then
     */
    @Transactional(rollbackOn = Exception.class)
    public void adopt() throws IOException {
        Set<String> shadows = configuration.shadow().orElse(Set.of());
        ModelReleases.requireShadows(atHand.all(), shadows);
        record.lock();
        List<RecordedRelease> known = record.all();
        List<ModelRelease> unseen = unseen(known);
        List<ModelRelease> waiting = ModelReleases.notIn(shadows, unseen).stream()
                .filter(release -> judges(known, release.claim()).isEmpty() && !isDecided(known, release.claim()))
                .toList();
        List<ModelRelease> judged = waiting.stream().filter(record::hasJudged).toList();
        List<ModelRelease> current = ModelReleases.current(ModelReleases.notIn(shadows, atHand.all()));
        List<ModelRelease> fresh = unseen.stream()
                .filter(release ->
                        current.contains(release) || shadows.contains(release.model()) || judged.contains(release))
                .toList();
        List<ModelRelease> serving = waiting.stream()
                .filter(fresh::contains)
                .filter(release -> judged.contains(release) || !overlaps(judged, release))
                .toList();
        ModelReleases.ofAll(serving);
        add(fresh, serving, known);
        note();
    }

    private List<ModelRelease> unseen(List<RecordedRelease> known) throws IOException {
        Set<String> digests = known.stream().map(RecordedRelease::digest).collect(Collectors.toSet());
        return atHand.all().stream()
                .filter(release -> !digests.contains(release.digest()))
                .toList();
    }

    /** Whether a person said who judges such images: that nobody does is then what they want. */
    private static boolean isDecided(List<RecordedRelease> known, Claim images) {
        return known.stream()
                .anyMatch(release ->
                        release.changedBy() != null && release.claim().overlaps(images));
    }

    private static boolean overlaps(List<ModelRelease> some, ModelRelease release) {
        return some.stream().anyMatch(other -> other.claim().overlaps(release.claim()));
    }

    private void add(List<ModelRelease> fresh, List<ModelRelease> serving, List<RecordedRelease> known) {
        for (ModelRelease release : fresh) {
            Standing standing = serving.contains(release) ? Standing.SERVING : Standing.SHADOW;
            record.add(release, standing);
            audit.append(
                    EventKind.RELEASE_RECORDED,
                    null,
                    release.model(),
                    "sha256 " + release.digest() + " seen for the first time: " + standing
                            + beside(judges(known, release.claim())));
        }
    }

    /** Puts on record what the releases here know, where that is another than was told before. */
    @Transactional(rollbackOn = Exception.class)
    public void note() throws IOException {
        Map<String, RecordedRelease> known =
                record.all().stream().collect(Collectors.toMap(RecordedRelease::digest, release -> release));
        for (ModelRelease release : atHand.all()) {
            RecordedRelease recorded = known.get(release.digest());
            if (recorded == null) {
                continue;
            }
            Traits now = Traits.of(release).after(recorded.traits());
            if (!now.equals(recorded.traits())) {
                record.note(release.digest(), now);
            }
        }
    }

    private static String beside(List<RecordedRelease> judges) {
        return judges.isEmpty()
                ? ""
                : ", beside "
                        + judges.stream().map(RecordedRelease::told).collect(Collectors.joining(", "))
                        + ", which serves";
    }

    /** Of these those that serve and judge such images too. */
    static List<RecordedRelease> judges(List<RecordedRelease> releases, Claim images) {
        return releases.stream()
                .filter(RecordedRelease::serves)
                .filter(release -> release.claim().overlaps(images))
                .toList();
    }

    /** What serves now, by the record. */
    public ModelReleases serving() {
        List<ModelRelease> here = new ArrayList<>();
        List<AbsentRelease> absent = new ArrayList<>();
        for (RecordedRelease release : record.all()) {
            if (release.serves()) {
                here(release).ifPresentOrElse(here::add, () -> absent.add(release.absent()));
            }
        }
        return ModelReleases.serving(here, absent);
    }

    /** Releases here that are in shadow, with when that began. */
    public List<RecordedRelease> shadows() {
        return record.all().stream()
                .filter(release -> !release.serves() && here(release).isPresent())
                .toList();
    }

    /** Its files; empty where they are not here. */
    public Optional<ModelRelease> here(RecordedRelease release) {
        try {
            return atHand.find(release.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
