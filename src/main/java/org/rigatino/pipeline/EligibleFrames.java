package org.rigatino.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
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
    /** Takes every frame once, in their order of each kind. */
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

    /** @throws DicomException where the file, or any eligible frame, cannot be read: no frame of it counts then */
    <E extends Exception> void read(SourceFile source, Sink<E> sink) throws DicomException, E {
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
            decode(file, choices, sink);
        }
    }

    /** A loop of comparisons alone: the number of frames is what the file claims. */
    private static boolean alike(List<Choice> choices) {
        for (int i = 1; i < choices.size(); i++) {
            if (choices.get(i) != choices.get(0)) {
                return false;
            }
        }
        return true;
    }

    private List<Choice> choices(Dataset header, Ruling ruling) {
        return InstanceFrames.ofEach(
                header,
                number -> releases.choose(header, number, model -> ruling.keepsOut(model)
                        .map(why -> new Refusal(Ruling.RULE, Optional.of(why)))));
    }

    private <E extends Exception> void decode(Path file, List<Choice> choices, Sink<E> sink) throws DicomException, E {
        try (InstanceFrames frames = times.time(Stage.DECODE, () -> InstanceFrames.open(file))) {
            for (int number = 1; number <= frames.count(); number++) {
                int wanted = number;
                Choice choice = choices.get(number - 1);
                if (choice.refusal() != null) {
                    sink.refused(number, number, choice.refusal());
                    continue;
                }
                Frame frame = times.time(Stage.DECODE, () -> frames.frame(wanted));
                NetworkInput input = choice.release().input(frame);
                Optional<Refusal> refusal = choice.release().refusal(input);
                if (refusal.isPresent()) {
                    sink.refused(number, number, refusal.get());
                } else {
                    sink.eligible(choice.release(), frames.header(), input);
                }
            }
        }
    }
}
