package org.rigatino.export;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Answers that are not in the folder, by why. */
final class LeftOut {
    /** Why. */
    enum Reason {
        UNSURE("are about images of which somebody is unsure"),
        NOTHING_OF_IT("are about images of which an answer does not say whether anything is there"),
        SOMETHING_ELSE(
                "disagree with a flag for a reason that says that something is there, so that the image is neither"),
        CONTRADICTING("contradict another answer about the same image"),
        NO_PATIENT("are of studies of which it is not recorded, or in doubt, whose they are"),
        SHARED_ID("are of studies whose Patient ID, name or birth date is nobody's, or of several patients"),
        FILE_GONE("are about images whose file is not kept"),
        FILE_CHANGED("are about images whose file is not the one that was received"),
        BURNED_IN("are about images that may show in their pixels whose they are"),
        UNREADABLE("are about images whose pixels cannot be read");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private static final int MOST_NAMED = 20;

    private final Map<Reason, List<Long>> answers = new EnumMap<>(Reason.class);

    void add(Reason reason, long answer) {
        answers.computeIfAbsent(reason, absent -> new ArrayList<>()).add(answer);
    }

    int count() {
        return answers.values().stream().mapToInt(List::size).sum();
    }

    /** For the trail. */
    Map<Reason, Integer> counts() {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        answers.forEach((reason, of) -> counts.put(reason, of.size()));
        return counts;
    }

    /** A line for each reason, with the numbers of answers. */
    List<String> lines() {
        return answers.entrySet().stream()
                .map(entry -> {
                    List<Long> numbers = entry.getValue();
                    String named = numbers.stream()
                            .limit(MOST_NAMED)
                            .map(String::valueOf)
                            .reduce((first, second) -> first + ", " + second)
                            .orElse("");
                    int more = numbers.size() - Math.min(MOST_NAMED, numbers.size());
                    return numbers.size() + " answers " + entry.getKey().words + ": " + named
                            + (more > 0 ? " and " + more + " more" : "");
                })
                .toList();
    }
}
