package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.rigatino.release.ReleaseView.Named;
import org.rigatino.rule.HouseRules;

/** The releases that workers have seen, for those who look. */
@ApplicationScoped
public class ReleasesOnRecord {
    @Inject
    ReleaseRecord record;

    @Inject
    Presence presence;

    @Inject
    FollowedRules rules;

    @Inject
    Losses losses;

    /** By name and version. */
    @Transactional
    public List<ReleaseView> all() {
        List<RecordedRelease> all = record.all();
        return all.stream().map(release -> view(release, all)).toList();
    }

    /** Empty where no worker has seen it. */
    @Transactional
    public Optional<ReleaseView> find(String digest) {
        List<RecordedRelease> all = record.all();
        return all.stream()
                .filter(release -> release.digest().equals(digest))
                .findFirst()
                .map(release -> view(release, all));
    }

    private ReleaseView view(RecordedRelease release, List<RecordedRelease> all) {
        Presence.OfRelease held = presence.of(release.digest());
        FollowedRules.Followed now = rules.now();
        List<HouseRules> followed = now.rules();
        List<RecordedRelease> replaced = release.serves() ? List.of() : Standings.judges(all, release.claim());
        List<RecordedRelease> before = all.stream()
                .filter(other -> release.serves() && release.tookPlaceOf().contains(other.digest()))
                .toList();
        List<LeftImages> left = release.serves()
                ? LeftImages.of(all, List.of(release), before, followed)
                : LeftImages.of(all, replaced, List.of(release), followed);
        String apart = release.serves() ? now.apart() : "";
        return new ReleaseView(
                release.digest(),
                release.name(),
                release.version(),
                release.standing(),
                release.since(),
                release.changedBy(),
                replaced.stream().map(Named::of).toList(),
                before.stream().map(Named::of).toList(),
                left,
                apart.isEmpty() ? null : apart,
                losses.of(release, replaced),
                held.workers(),
                held.lacking(),
                held.residentBytes(),
                LeftImages.sha256(left, followed, apart));
    }
}
