package org.rigatino.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rigatino.result.ObjectKind;

/**
 * One rule of the house. What it leaves out it says nothing of.
 *
 * @param name by which people are told of it
 * @param when null fits every image
 * @param releases that may look, each as NAME or NAME/VERSION; an empty list lets none look, null says nothing
 * @param destinations that receive, and which kinds of objects of those that they take; null says nothing
 * @param urgency null says nothing
 */
record HouseRule(
        String name,
        Condition when,
        List<String> releases,
        Map<String, Set<ObjectKind>> destinations,
        Urgency urgency) {
    private static final int LONGEST_NAME = 64;

    HouseRule {
        if (name == null || name.isBlank()) {
            throw RuleReason.NO_NAME.wrong();
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw RuleReason.LONG_NAME.wrong(LONGEST_NAME);
        }
        when = when == null ? Condition.ALWAYS : when;
        releases = releases == null ? null : List.copyOf(releases);
        destinations = destinations == null ? null : named(name, destinations);
        if (releases == null && destinations == null && urgency == null) {
            throw RuleReason.DECIDES_NOTHING.wrong(name);
        }
    }

    private static Map<String, Set<ObjectKind>> named(String name, Map<String, Set<ObjectKind>> destinations) {
        if (destinations.isEmpty()) {
            throw RuleReason.NO_DESTINATION.wrong(name);
        }
        Map<String, Set<ObjectKind>> copy = new HashMap<>();
        destinations.forEach((destination, kinds) -> {
            if (kinds == null || kinds.isEmpty()) {
                throw RuleReason.NO_OBJECTS.wrong(name, destination);
            }
            copy.put(destination, Set.copyOf(kinds));
        });
        return Map.copyOf(copy);
    }

    /** @param model NAME/VERSION */
    boolean lets(String model) {
        return releases.stream().anyMatch(name -> Ruling.isNamed(name, model));
    }

    /** @param taken kinds of objects by every destination that is in force; asked of a rule that names destinations */
    List<RuleWarning> against(Map<String, Set<ObjectKind>> taken) {
        List<RuleWarning> warnings = new ArrayList<>();
        Set<ObjectKind> sent = EnumSet.noneOf(ObjectKind.class);
        new TreeMap<>(destinations).forEach((destination, kinds) -> {
            Set<ObjectKind> takes = taken.get(destination);
            if (takes == null) {
                warnings.add(warning(RuleWarningKind.UNKNOWN_DESTINATION, List.of(destination)));
                return;
            }
            kinds.stream().filter(takes::contains).forEach(sent::add);
            List<String> missed = kinds.stream()
                    .filter(kind -> !isAll(kinds) && !takes.contains(kind))
                    .map(ObjectKind::configurationName)
                    .sorted()
                    .toList();
            if (!missed.isEmpty()) {
                warnings.add(warning(
                        RuleWarningKind.KINDS_NOT_TAKEN,
                        Stream.concat(Stream.of(destination), missed.stream()).toList()));
            }
        });
        sent.retainAll(ObjectKind.ofFindings());
        if (sent.isEmpty() && taken.keySet().containsAll(destinations.keySet())) {
            warnings.add(warning(
                    RuleWarningKind.NOTHING_SENT,
                    destinations.keySet().stream().sorted().toList()));
        }
        return warnings;
    }

    private RuleWarning warning(RuleWarningKind kind, List<String> names) {
        return new RuleWarning(kind, name, names);
    }

    static boolean isAll(Set<ObjectKind> kinds) {
        return kinds.size() == ObjectKind.values().length;
    }

    Optional<List<String>> releasesThatMayLook() {
        return Optional.ofNullable(releases);
    }

    Optional<Map<String, Set<ObjectKind>>> destinationsThatReceive() {
        return Optional.ofNullable(destinations);
    }

    Optional<Urgency> howSoon() {
        return Optional.ofNullable(urgency);
    }
}
