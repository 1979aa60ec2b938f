package org.rigatino.worker;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.SourceFile;
import org.rigatino.pipeline.StageException;
import org.rigatino.result.ObjectKind;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RuledKinds;
import org.rigatino.rule.Ruling;
import org.rigatino.rule.Subject;

/**
 * Where what is made of a study goes. A study goes to one place: where the rules of the house send images of it to different
 * destinations, or to one that is not in force, or nobody can tell where, it fails rather than go where it must not.
 *
 * @param asked kinds of objects by destination, of those that take them
 * @param rule by which they are fewer than there are; empty where no rule says anything
 * @param let kinds of objects by destination, whether it takes them now or not; empty where no rule says anything
 */
record RuledDestinations(
        Map<String, Set<ObjectKind>> asked, Optional<String> rule, Optional<Map<String, Set<ObjectKind>>> let) {
    private static RuledDestinations everywhere(Map<String, Set<ObjectKind>> taken) {
        return new RuledDestinations(taken, Optional.empty(), Optional.empty());
    }

    /**
     * An image of which objects stand.
     *
     * @param ruled where they went by rules of then, as the record has it; null where no rule said anything
     */
    record Before(SourceFile file, String ruled) {}

    /**
     * @param before images of the study of which objects stand already
     * @param taken kinds of objects by every destination that takes them
     */
    static RuledDestinations of(
            HouseRules rules, RestoredStudy restored, List<Before> before, Map<String, Set<ObjectKind>> taken)
            throws StageException {
        if (!rules.decideDestinations()) {
            return everywhere(taken);
        }
        List<Ruling> rulings = new ArrayList<>(restored.rulings());
        for (Before image : before) {
            ruling(rules, image, taken.keySet()).ifPresent(rulings::add);
        }
        return one(rulings, taken);
    }

    /** Where retention has deleted its file, what was said of it then counts: late images are to find an end all the same. */
    private static Optional<Ruling> ruling(HouseRules rules, Before image, Set<String> inForce) throws StageException {
        SourceFile file = image.file();
        if (Files.notExists(file.path())) {
            Map<String, Set<ObjectKind>> then = image.ruled() == null ? Map.of() : RuledKinds.read(image.ruled());
            Map<String, Set<ObjectKind>> left = new TreeMap<>(then);
            left.keySet().retainAll(inForce);
            return left.isEmpty() ? Optional.empty() : Optional.of(Ruling.asBefore(left));
        }
        try {
            Dataset header = Dataset.readOnly(file.path(), Subject.TAGS);
            return Optional.of(rules.of(Subject.of(file.callingAeTitle(), header)));
        } catch (DicomException e) {
            throw new StageException(StudyStage.RESULT, e);
        }
    }

    static RuledDestinations one(List<Ruling> rulings, Map<String, Set<ObjectKind>> taken) throws StageException {
        Map<Map<String, Set<ObjectKind>>, Optional<String>> places = new LinkedHashMap<>();
        for (Ruling ruling : rulings) {
            requireInForce(ruling, taken.keySet());
            places.putIfAbsent(ruling.among(taken), ruling.destinations().rule().map(name -> "rule \"" + name + "\""));
        }
        if (places.isEmpty()) {
            return everywhere(taken);
        }
        if (places.size() > 1) {
            throw undelivered("they send images of it to different destinations, by "
                    + places.values().stream()
                            .map(RuledDestinations::words)
                            .sorted()
                            .collect(Collectors.joining(" and ")));
        }
        Map.Entry<Map<String, Set<ObjectKind>>, Optional<String>> place =
                places.entrySet().iterator().next();
        if (place.getKey().isEmpty()) {
            throw undelivered(
                    words(place.getValue()) + " sends it nothing of what the destinations take that it names");
        }
        return new RuledDestinations(place.getKey(), place.getValue(), let(rulings));
    }

    private static String words(Optional<String> rule) {
        return rule.orElse("no rule");
    }

    /** A destination that is misspelt, or was removed, would be missed by nobody. */
    private static void requireInForce(Ruling ruling, Set<String> inForce) throws StageException {
        if (ruling.destinations().undecided().isPresent()) {
            throw undelivered(ruling.destinations().undecided().get().english());
        }
        Set<String> absent =
                new TreeSet<>(ruling.destinations().value().map(Map::keySet).orElse(Set.of()));
        absent.removeAll(inForce);
        if (!absent.isEmpty()) {
            throw undelivered("rule \"" + ruling.destinations().rule().orElseThrow() + "\" sends it to "
                    + String.join(", ", absent) + ", which is not in force: these are "
                    + String.join(", ", new TreeSet<>(inForce)));
        }
    }

    /** What all of them let go where. */
    private static Optional<Map<String, Set<ObjectKind>>> let(List<Ruling> rulings) {
        Map<String, Set<ObjectKind>> let = null;
        for (Ruling ruling : rulings) {
            Optional<Map<String, Set<ObjectKind>>> said = ruling.destinations().value();
            if (said.isPresent()) {
                let = let == null ? said.get() : ruling.among(let);
            }
        }
        return Optional.ofNullable(let);
    }

    private static StageException undelivered(String why) {
        return new StageException(
                StudyStage.RESULT,
                "rules of the house: " + why + ". Mend rigatino.rules.file or the destinations, and replay the study",
                null);
    }
}
