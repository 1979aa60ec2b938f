package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rigatino.restore.Refusal;

/** Which frames of one instance were refused, and by which rules. Small however many there are, where they are alike. */
public final class FrameRefusals {
    private record Run(int first, int last, Refusal refusal) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    private final List<Run> runs = new ArrayList<>();

    void add(int first, int last, Refusal refusal) {
        Run before = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (before != null && before.last == first - 1 && before.refusal.rule().equals(refusal.rule())) {
            runs.set(runs.size() - 1, new Run(before.first, last, before.refusal));
        } else {
            runs.add(new Run(first, last, refusal));
        }
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Whether one rule refused all of them. */
    public boolean alike() {
        return runs.size() == 1;
    }

    public Refusal first() {
        return runs.get(0).refusal;
    }

    /** Of the frames. */
    public long count() {
        return runs.stream().mapToLong(run -> run.last - run.first + 1L).sum();
    }

    /** Names in alphabetical order, with commas between them. */
    public String rules() {
        return String.join(
                ", ", runs.stream().map(run -> run.refusal.rule()).collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * {@code frames 1-3, 7: image-type: Frame Type ...; frame 4: foreground}. Of the only frame of an instance that was
     * refused what the rule does not tell, if there is anything.
     *
     * @param all whether no frame was restored
     */
    public Optional<String> detail(boolean all) {
        if (all && count() == 1) {
            return runs.get(0).refusal.explanation();
        }
        Map<String, List<Run>> byRule = runs.stream()
                .collect(Collectors.groupingBy(run -> run.refusal.rule(), LinkedHashMap::new, Collectors.toList()));
        return isEmpty()
                ? Optional.empty()
                : Optional.of(byRule.values().stream().map(FrameRefusals::text).collect(Collectors.joining("; ")));
    }

    /** All of one rule. */
    private static String text(List<Run> runs) {
        boolean one = runs.size() == 1 && runs.get(0).first == runs.get(0).last;
        return (one ? "frame " : "frames ") + runs.stream().map(Run::toString).collect(Collectors.joining(", ")) + ": "
                + runs.get(0).refusal;
    }
}
