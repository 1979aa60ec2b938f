package org.rigatino.release;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.rule.HouseRules;

/**
 * Images of a release that serves, which nobody would judge after an act: they would be refused.
 *
 * @param model NAME/VERSION of that release
 * @param rules by which what would serve instead may refuse them
 * @param houseRules names of rules of the house that let that release look, and nothing that would serve instead. Where
 *     there are none of either kind, it is all of its images
 */
@Schema(name = "ImagesLeftToNobody")
public record LeftImages(String model, List<String> rules, List<String> houseRules) {

    /**
     * @param all as the record has them before the act
     * @param houseRules of all that judge, who may follow different ones
     */
    static List<LeftImages> of(
            Collection<RecordedRelease> all,
            Collection<RecordedRelease> going,
            Collection<RecordedRelease> coming,
            Collection<HouseRules> houseRules) {
        List<RecordedRelease> serving = Stream.concat(
                        all.stream().filter(release -> release.serves() && !going.contains(release)), coming.stream())
                .toList();
        return going.stream()
                .flatMap(release -> of(release, serving, houseRules).stream())
                .toList();
    }

    private static Optional<LeftImages> of(
            RecordedRelease release, List<RecordedRelease> serving, Collection<HouseRules> houseRules) {
        List<RecordedRelease> instead = serving.stream()
                .filter(other -> other.claim().overlaps(release.claim()))
                .toList();
        if (instead.isEmpty()) {
            return Optional.of(new LeftImages(release.model(), List.of(), List.of()));
        }
        List<String> rules = instead.stream()
                .map(other -> other.claim().lacks(release.claim()))
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
        List<String> models = instead.stream().map(RecordedRelease::model).toList();
        List<String> kept = houseRules.stream()
                .flatMap(followed -> followed.lettingLook(release.model(), models).stream())
                .distinct()
                .toList();
        return rules.isEmpty() && kept.isEmpty()
                ? Optional.empty()
                : Optional.of(new LeftImages(release.model(), rules, kept));
    }

    /**
     * By which somebody says that just these are meant, in hex; null where there is nothing.
     *
     * @param followed rules of the house of all that judge; where any of them leaves images to nobody, what they say counts, and
     *     not its name alone
     * @param apart who follows which rules of the house, where that leaves open what else is left; else empty
     */
    static String sha256(List<LeftImages> left, Collection<HouseRules> followed, String apart) {
        if (left.isEmpty() && apart.isEmpty()) {
            return null;
        }
        boolean byHouseRules =
                left.stream().anyMatch(images -> !images.houseRules().isEmpty());
        return DigestUtils.sha256Hex(Stream.of(
                        left.stream().map(LeftImages::told).sorted(),
                        byHouseRules ? followed.stream().map(HouseRules::sha256).sorted() : Stream.<String>empty(),
                        Stream.of(apart))
                .flatMap(Function.identity())
                .collect(Collectors.joining("\n")));
    }

    /** As messages tell it. */
    static String words(List<LeftImages> left) {
        return left.stream().map(LeftImages::told).collect(Collectors.joining("; "));
    }

    private String told() {
        List<String> by = Stream.concat(
                        rules.stream(), houseRules.stream().map(name -> "rule \"" + name + "\" of the house"))
                .toList();
        return by.isEmpty() ? "all of " + model : "of " + model + " by " + String.join(", ", by);
    }
}
