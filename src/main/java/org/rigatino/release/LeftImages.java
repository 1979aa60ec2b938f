package org.rigatino.release;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Images of a release that serves, which nobody would judge after an act: they would be refused.
 *
 * @param model NAME/VERSION of that release
 * @param rules by which what would serve instead may refuse them; none where nothing would, and it is all of them
 */
@Schema(name = "ImagesLeftToNobody")
public record LeftImages(String model, List<String> rules) {

    /** @param all as the record has them before the act */
    static List<LeftImages> of(
            Collection<RecordedRelease> all, Collection<RecordedRelease> going, Collection<RecordedRelease> coming) {
        List<RecordedRelease> serving = Stream.concat(
                        all.stream().filter(release -> release.serves() && !going.contains(release)), coming.stream())
                .toList();
        return going.stream().flatMap(release -> of(release, serving).stream()).toList();
    }

    private static List<LeftImages> of(RecordedRelease release, List<RecordedRelease> serving) {
        List<String> rules = serving.stream()
                .filter(other -> other.claim().overlaps(release.claim()))
                .map(other -> other.claim().lacks(release.claim()))
                .min(Comparator.comparingInt(List::size))
                .orElse(null);
        if (rules == null) {
            return List.of(new LeftImages(release.model(), List.of()));
        }
        return rules.isEmpty() ? List.of() : List.of(new LeftImages(release.model(), rules));
    }

    /** As messages tell it. */
    String told() {
        return rules.isEmpty() ? "all of " + model : "of " + model + " by " + String.join(", ", rules);
    }
}
