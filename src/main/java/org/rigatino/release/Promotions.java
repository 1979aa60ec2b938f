package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.rule.HouseRules;

/**
 * What an administrator does about which releases serve, each act with its audit row in one transaction. In force for
 * every study that any worker takes on afterwards; findings keep the release that made them.
 */
@ApplicationScoped
@PersonsAct
public class Promotions {
    @Inject
    ReleaseRecord record;

    @Inject
    Presence presence;

    @Inject
    AuditTrail audit;

    @Inject
    FollowedRules rules;

    @Inject
    Losses losses;

    /**
     * What an act may bring about.
     *
     * @param leaveToNobody {@link ReleaseView#leavesToNobodySha256} of what nobody would judge then, so that it is refused; null
     *     where that is nothing
     * @param acceptLosses {@link ReleaseView#getLossesSha256} of what is given up; null where that is nothing
     */
    public record Meant(String leaveToNobody, String acceptLosses) {}

    /**
     * What an act came to.
     *
     * @param before NAME/VERSION of those that served for such images
     * @param after of those that do now
     */
    @Schema(name = "ReleasesChanged")
    public record Changed(List<String> before, List<String> after) {}

    /**
     * A release in shadow serves, and those that judge such images too go into shadow.
     *
     * @param inPlaceOf digests of those, as they were shown; empty where nobody was shown any
     * @throws NoSuchElementException where no worker has seen it
     * @throws IllegalStateException where it serves already, is not open at every worker, images are left to nobody or
     *     something is given up unasked, or others serve than were shown
     */
    @Transactional
    public Changed promote(String digest, Optional<? extends Collection<String>> inPlaceOf, Meant meant, Actor by) {
        record.lock();
        RecordedRelease release = known(digest);
        if (release.serves()) {
            throw PromotionReason.SERVES_ALREADY.conflict(release.model());
        }
        List<RecordedRelease> places = Standings.judges(record.all(), release.claim());
        requireAsShown(
                inPlaceOf, places, release, PromotionReason.OTHERS_BY_PROMOTION, PromotionReason.NO_OTHER_BY_PROMOTION);
        List<HouseRules> followed = rules.now().rules();
        List<LeftImages> left = LeftImages.of(record.all(), places, List.of(release), followed);
        requireMeant(release, left, followed, "", meant.leaveToNobody());
        String lost = lost(release, places, meant.acceptLosses());
        requireAtEveryWorker(release);
        places.forEach(place -> record.change(place.digest(), Standing.SHADOW, by.name(), null));
        record.change(digest, Standing.SERVING, by.name(), digests(places));
        return told(EventKind.RELEASE_PROMOTED, release, places, List.of(release), told(left) + lost, by);
    }

    /**
     * A release that serves goes into shadow, and those whose place it took serve again: none where it took no other's.
     *
     * @param backTo digests of those, as they were shown; empty where nobody was shown any
     * @param leaveToNobody as of {@link Meant}, also of what cannot be told
     * @throws NoSuchElementException where no worker has seen it
     * @throws IllegalStateException where it does not serve, what it goes back to is not at every worker or is not free to
     *     serve, images are left to nobody unasked or workers follow rules of the house that cannot be told or differ, or
     *     it is other than was shown
     */
    @Transactional
    public Changed withdraw(
            String digest, Optional<? extends Collection<String>> backTo, String leaveToNobody, Actor by) {
        record.lock();
        RecordedRelease release = known(digest);
        if (!release.serves()) {
            throw PromotionReason.DOES_NOT_SERVE.conflict(release.model());
        }
        List<RecordedRelease> places =
                release.tookPlaceOf().stream().map(this::known).toList();
        requireAsShown(backTo, places, release, PromotionReason.OTHERS_AGAIN, PromotionReason.NO_OTHER_AGAIN);
        FollowedRules.Followed followed = rules.now();
        List<LeftImages> left = LeftImages.of(record.all(), List.of(release), places, followed.rules());
        requireMeant(release, left, followed.rules(), followed.apart(), leaveToNobody);
        for (RecordedRelease place : places) {
            requireFree(place, release);
            requireAtEveryWorker(place);
        }
        record.change(digest, Standing.SHADOW, by.name(), List.of());
        places.forEach(place -> record.change(place.digest(), Standing.SERVING, by.name(), null));
        return told(EventKind.RELEASE_WITHDRAWN, release, List.of(release), places, told(left) + apart(followed), by);
    }

    private RecordedRelease known(String digest) {
        return record.find(digest).orElseThrow(() -> PromotionReason.UNKNOWN.unknown(digest));
    }

    private static void requireAsShown(
            Optional<? extends Collection<String>> shown,
            List<RecordedRelease> now,
            RecordedRelease release,
            PromotionReason others,
            PromotionReason none) {
        if (shown.isPresent() && !Set.copyOf(shown.get()).equals(Set.copyOf(digests(now)))) {
            throw now.isEmpty()
                    ? none.conflict(release.model())
                    : others.conflict(release.model(), String.join(", ", models(now)));
        }
    }

    /** @param apart as of {@link FollowedRules.Followed}: of a promotion it is a loss */
    private static void requireMeant(
            RecordedRelease release, List<LeftImages> left, List<HouseRules> followed, String apart, String meant) {
        String digest = LeftImages.sha256(left, followed, apart);
        if (digest == null || digest.equals(meant)) {
            return;
        }
        if (!apart.isEmpty()) {
            throw PromotionReason.RULES_APART.conflict(
                    release.model(), apart, left.isEmpty() ? "–" : LeftImages.words(left), digest);
        }
        throw (meant == null ? PromotionReason.LEFT_TO_NOBODY : PromotionReason.OTHERS_LEFT_TO_NOBODY)
                .conflict(LeftImages.words(left), digest);
    }

    /** As the trail tells it; empty where all workers follow the same rules. */
    private static String apart(FollowedRules.Followed followed) {
        return followed.apart().isEmpty()
                ? ""
                : "; rules of the house differ between workers or cannot be told: " + followed.apart();
    }

    /** As the trail tells it; empty where nothing is lost. */
    private String lost(RecordedRelease release, List<RecordedRelease> places, String meant) {
        List<Loss> now = losses.of(release, places);
        if (now.isEmpty()) {
            return "";
        }
        String lost = now.stream().map(Loss::getText).collect(Collectors.joining("; "));
        String digest = Loss.sha256(now);
        if (!digest.equals(meant)) {
            throw (meant == null ? PromotionReason.LOSSES : PromotionReason.OTHER_LOSSES)
                    .conflict(release.model(), lost, digest);
        }
        return "; given up: " + lost;
    }

    private static String told(List<LeftImages> left) {
        return left.isEmpty() ? "" : "; images left to nobody: " + LeftImages.words(left);
    }

    /** What is promoted and missing would be judged by nobody. */
    private void requireAtEveryWorker(RecordedRelease release) {
        Presence.OfRelease held = presence.of(release.digest());
        if (!held.lacking().isEmpty()) {
            throw PromotionReason.NOT_AT_EVERY_WORKER.conflict(release.model(), String.join("; ", held.lacking()));
        }
        if (held.workers() == 0) {
            throw PromotionReason.NO_WORKER.conflict(release.model());
        }
    }

    private void requireFree(RecordedRelease place, RecordedRelease release) {
        List<RecordedRelease> others = Standings.judges(record.all(), place.claim()).stream()
                .filter(other -> !other.digest().equals(release.digest()))
                .toList();
        if (!others.isEmpty()) {
            throw PromotionReason.NOT_FREE.conflict(place.model(), String.join(", ", models(others)));
        }
    }

    private Changed told(
            EventKind kind,
            RecordedRelease subject,
            List<RecordedRelease> before,
            List<RecordedRelease> after,
            String consequences,
            Actor by) {
        audit.append(by.did(new AuditTrail.Event(
                kind,
                null,
                subject.model(),
                "served before: " + names(before) + "; serves now: " + names(after) + consequences)));
        return new Changed(models(before), models(after));
    }

    private static String names(List<RecordedRelease> releases) {
        return releases.isEmpty()
                ? "none"
                : releases.stream().map(RecordedRelease::told).collect(Collectors.joining(", "));
    }

    private static List<String> models(List<RecordedRelease> releases) {
        return releases.stream().map(RecordedRelease::model).toList();
    }

    private static List<String> digests(List<RecordedRelease> releases) {
        return releases.stream().map(RecordedRelease::digest).toList();
    }
}
