package org.rigatino.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.finding.StackedSlice;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.image.Slab;
import org.rigatino.pipeline.StageTimes.Stage;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.ModelReleases.Choice;
import org.rigatino.restore.NetworkInput;
import org.rigatino.restore.Refusal;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.Ruling;
import org.rigatino.rule.Subject;

/**
 * From a file to those of its frames that a release takes. Each frame is judged
 * by what its own functional groups say, then by its pixels; a file of which no frame passes the first is not decoded.
 */
final class EligibleFrames {
    /** A frame that is not decoded yet. */
    record HeaderSlice(int frame, StackedSlice slice) {}

    /** Takes every frame once: those that are refused in the order of their numbers. */
    interface Sink<E extends Exception> {
        /** Before any frame. */
        default void ruled(Ruling ruling) {}

        void eligible(ModelRelease release, Dataset header, NetworkInput input) throws E;

        /** Of frames {@code first} to {@code last}, 1-based. */
        void refused(int first, int last, Refusal refusal);
    }

    private final ModelReleases releases;
    private final HouseRules rules;
    private final StageTimes times;

    EligibleFrames(ModelReleases releases, HouseRules rules, StageTimes times) {
        this.releases = releases;
        this.rules = rules;
        this.times = times;
    }

    /** Whether any release joins slices, so that it matters in which order they come. */
    boolean join() {
        return releases.all().stream()
                .anyMatch(release -> release.file().scoring().joins());
    }

    /**
     * Frames that a release which joins slices may take, by what the file's header says; they may yet be refused by their pixels.
     *
     * @throws DicomException where the header cannot be read, or says of any such frame nothing that means anything
     */
    List<HeaderSlice> slices(SourceFile source) throws DicomException {
        Dataset header = times.time(Stage.DECODE, () -> Dataset.readHeader(source.path()));
        List<Choice> choices = choices(header, rules.of(Subject.of(source.callingAeTitle(), header)));
        List<HeaderSlice> slices = new ArrayList<>();
        if (choices.size() > 1 && !FunctionalGroups.of(header, 1).present()) {
            // None has a place of its own, and how many there are is what the file claims.
            return slices;
        }
        for (int number = 1; number <= choices.size(); number++) {
            ModelRelease release = choices.get(number - 1).release();
            if (release != null && release.file().scoring().joins()) {
                int frame = number;
                Slab.of(header, choices.size(), number)
                        .map(StackedSlice::of)
                        .ifPresent(slice -> slices.add(new HeaderSlice(frame, slice.among(release.digest()))));
            }
        }
        return slices;
    }

    /**
     * @param first numbers of frames that come before the others, 1-based, each once
     * @throws DicomException where the file, or any eligible frame, cannot be read: no frame of it counts then
     * @throws CancellationException where the thread was interrupted, which it stays
     */
    <E extends Exception> void read(SourceFile source, List<Integer> first, Sink<E> sink) throws DicomException, E {
        Path file = source.path();
        Dataset header = times.time(Stage.DECODE, () -> Dataset.readHeader(file));
        Ruling ruling = rules.of(Subject.of(source.callingAeTitle(), header));
        sink.ruled(ruling);
        List<Choice> choices = times.time(Stage.DECODE, () -> choices(header, ruling));
        if (alike(choices) && choices.get(0).refusal() != null) {
            sink.refused(1, choices.size(), choices.get(0).refusal());
        } else if (choices.stream().allMatch(choice -> choice.refusal() != null)) {
            for (int number = 1; number <= choices.size(); number++) {
                sink.refused(number, number, choices.get(number - 1).refusal());
            }
        } else {
            decode(file, choices, first, sink);
        }
    }

    /** How many there are is what the file claims: where all are one, the two lists compare it once. */
    private static boolean alike(List<Choice> choices) {
        return Collections.nCopies(choices.size(), choices.get(0)).equals(choices);
    }

    private List<Choice> choices(Dataset header, Ruling ruling) {
        return InstanceFrames.ofEach(header, number -> {
            requireUninterrupted();
            return releases.choose(header, number, model -> ruling.keepsOut(model)
                    .map(why -> new Refusal(Ruling.RULE, Optional.of(why))));
        });
    }

    /** How many frames there are is what a file claims. Whoever reads files asks whether the thread was interrupted. */
    private static void requireUninterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted between two frames");
        }
    }

    private <E extends Exception> void decode(Path file, List<Choice> choices, List<Integer> first, Sink<E> sink)
            throws DicomException, E {
        SortedMap<Integer, Refusal> waiting = new TreeMap<>();
        BiConsumer<Integer, Refusal> refused =
                first.isEmpty() ? (number, why) -> sink.refused(number, number, why) : waiting::put;
        try (InstanceFrames frames = times.time(Stage.DECODE, () -> InstanceFrames.open(file))) {
            for (int number : first) {
                decode(frames, number, choices, sink).ifPresent(why -> refused.accept(number, why));
            }
            Set<Integer> done = Set.copyOf(first);
            for (int number = 1; number <= frames.count(); number++) {
                if (!done.contains(number)) {
                    int next = number;
                    decode(frames, number, choices, sink).ifPresent(why -> refused.accept(next, why));
                }
            }
        } finally {
            waiting.forEach((number, why) -> sink.refused(number, number, why));
        }
    }

    /** @return why the frame is refused */
    private <E extends Exception> Optional<Refusal> decode(
            InstanceFrames frames, int number, List<Choice> choices, Sink<E> sink) throws DicomException, E {
        requireUninterrupted();
        Choice choice = choices.get(number - 1);
        if (choice.refusal() != null) {
            return Optional.of(choice.refusal());
        }
        Frame frame = times.time(Stage.DECODE, () -> frames.frame(number));
        NetworkInput input = choice.release().input(frame);
        Optional<Refusal> refusal = choice.release().refusal(input);
        if (refusal.isEmpty()) {
            sink.eligible(choice.release(), frames.header(), input);
        }
        return refusal;
    }
}
