package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.rigatino.release.Loss.Kind;
import org.rigatino.restore.AgeRange;
import org.rigatino.restore.Eligibility;

/** What is given up where a release takes the place of others. */
@ApplicationScoped
class Losses {
    @Inject
    Comparisons comparisons;

    @Inject
    FollowedRules rules;

    /** @param replaced those that serve and judge such images */
    List<Loss> of(RecordedRelease release, Collection<RecordedRelease> replaced) {
        String apart = replaced.isEmpty() ? "" : rules.now().apart();
        List<Loss> losses = new ArrayList<>();
        for (RecordedRelease other : replaced) {
            ofTraits(losses, release.traits(), other);
            long compared = comparisons.studiesCompared(release.digest(), other.digest());
            if (compared < Loss.ENOUGH_STUDIES) {
                losses.add(Loss.of(Kind.FEW_STUDIES_COMPARED, other, compared));
            }
            long passedOver =
                    comparisons.passedOver(release.digest(), other.digest()).percent();
            if (passedOver > 0) {
                losses.add(Loss.of(Kind.JUDGES_FEWER_IMAGES, other, passedOver));
            }
            ofImages(losses, release.eligibility(), other);
            if (!apart.isEmpty()) {
                losses.add(Loss.of(Kind.RULES_DIFFER, other, apart));
            }
        }
        return losses;
    }

    private static void ofTraits(List<Loss> losses, Traits has, RecordedRelease other) {
        Traits had = other.traits();
        if (has == null || had == null) {
            losses.add(Loss.of(Kind.UNKNOWN, other, ""));
            return;
        }
        if (had.normalStudies() > 0 && has.normalStudies() == 0) {
            losses.add(Loss.of(Kind.NO_NORMAL_STUDIES, other, had.normalStudies()));
        }
        if (has.normalStudies() > 0 && has.normalStudies() * 2 < had.normalStudies()) {
            losses.add(Loss.of(Kind.FEWER_NORMAL_STUDIES, other, had.normalStudies() + " / " + has.normalStudies()));
        }
        if (had.limitsUnlike() && !has.limitsUnlike()) {
            losses.add(Loss.of(Kind.NO_LIMIT_OF_UNLIKE, other, ""));
        }
        if (had.joinsSlices() && !has.joinsSlices()) {
            losses.add(Loss.of(Kind.NO_JOINING, other, ""));
        }
        if (had.reads() && !has.reads()) {
            losses.add(Loss.of(Kind.NO_READER, other, ""));
        }
        if (had.measured() && !has.measured()) {
            losses.add(Loss.of(Kind.NOT_MEASURED, other, ""));
        }
    }

    /** Whether more or fewer: both are another release than the one that people know. */
    private static void ofImages(List<Loss> losses, Eligibility images, RecordedRelease other) {
        Eligibility before = other.eligibility();
        if (!Set.copyOf(images.modality()).equals(Set.copyOf(before.modality()))) {
            losses.add(Loss.of(
                    Kind.OTHER_MODALITIES,
                    other,
                    String.join(", ", before.modality()) + " / " + String.join(", ", images.modality())));
        }
        if (!Objects.equals(images.age(), before.age())) {
            losses.add(Loss.of(Kind.OTHER_AGES, other, years(before.age()) + " / " + years(images.age())));
        }
    }

    private static String years(AgeRange range) {
        return range == null ? "≥ 0" : range.text();
    }
}
