package org.rigatino.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rigatino.result.ObjectKind;

/**
 * What the rules say of one image: each question is decided by the first rule that is about the image and says something of it.
 * Immutable.
 */
public record Ruling(
        Decision<List<String>> releases,
        Decision<Map<String, Set<ObjectKind>>> destinations,
        Decision<Urgency> urgency) {
    /** Rule by which images are refused that no release may look at. */
    public static final String RULE = "house-rules";

    static final Ruling NOTHING_SAID = new Ruling(Decision.none(), Decision.none(), Decision.none());

    /** Of an image whose file is gone: where what was made of it went by rules of then. */
    public static Ruling asBefore(Map<String, Set<ObjectKind>> destinations) {
        return new Ruling(
                Decision.none(),
                new Decision<>(Optional.of("of before"), Optional.of(destinations), Optional.empty()),
                Decision.none());
    }

    /**
     * Why a release may not look at the image; empty where it may.
     *
     * @param model as NAME/VERSION
     */
    public Optional<String> keepsOut(String model) {
        if (releases.undecided().isPresent()) {
            return releases.undecided().map(RuleText::english);
        }
        boolean may = releases.value()
                .map(names -> names.stream().anyMatch(name -> isNamed(name, model)))
                .orElse(true);
        return may
                ? Optional.empty()
                : Optional.of("rule \"" + releases.rule().orElseThrow() + "\" does not let " + model + " look at it");
    }

    /** @param name NAME, or NAME/VERSION */
    static boolean isNamed(String name, String model) {
        return model.equals(name) || model.startsWith(name + "/");
    }

    /**
     * What is left of what destinations take.
     *
     * @param taken kinds of objects by destination
     * @return those of {@code taken} that receive something
     */
    public Map<String, Set<ObjectKind>> among(Map<String, Set<ObjectKind>> taken) {
        if (destinations.value().isEmpty()) {
            return taken;
        }
        Map<String, Set<ObjectKind>> left = new TreeMap<>();
        destinations.value().get().forEach((name, kinds) -> {
            Set<ObjectKind> both = EnumSet.noneOf(ObjectKind.class);
            both.addAll(kinds);
            both.retainAll(taken.getOrDefault(name, Set.of()));
            if (!both.isEmpty()) {
                left.put(name, both);
            }
        });
        return left;
    }

    /** ROUTINE where no rule says anything, and where nobody can tell. */
    public Urgency howSoon() {
        return urgency.value().orElse(Urgency.ROUTINE);
    }
}
