package org.rigatino.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.deliver.OutputStore;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.pipeline.FileResult;
import org.rigatino.pipeline.FrameRefusals;
import org.rigatino.pipeline.FrameResult;
import org.rigatino.pipeline.Sink;
import org.rigatino.pipeline.SourceFile;
import org.rigatino.release.ReleaseRuns.Cost;
import org.rigatino.restore.ModelRelease;
import org.rigatino.result.EncodedObject;
import org.rigatino.rule.RuledKinds;
import org.rigatino.rule.Ruling;
import org.rigatino.study.Restored;
import org.rigatino.study.Restored.InstanceResult;
import org.rigatino.study.Restored.JudgedFrame;
import org.rigatino.study.Restored.KeptObject;
import org.rigatino.study.Restored.SeriesObject;

/**
 * What became of the instances of one study, with its objects safe on disk. Holds no pixels, so that it stays small whatever
 * the study's size. Safe for use by several threads.
 */
final class RestoredStudy implements Sink {
    private static final double NANOS = 1e9;

    private final OutputStore outputs;
    private final Map<Path, KeptObject> stored = new ConcurrentHashMap<>();
    private final Map<Long, FileResult> results = new TreeMap<>();
    private final List<SeriesObject> series = new ArrayList<>();
    private final Map<String, Cost> costs = new TreeMap<>();
    private Optional<String> patient = Optional.empty();

    RestoredStudy(OutputStore outputs) {
        this.outputs = outputs;
    }

    @Override
    public Path keep(SourceFile file, FrameReference frame, EncodedObject object) throws IOException {
        KeptObject kept = outputs.store(object);
        Path path = outputs.file(kept.location());
        stored.put(path, kept);
        return path;
    }

    @Override
    public synchronized void drawn(ModelRelease release, int frames, long nanos) {
        costs.merge(
                release.digest(),
                new Cost(release.digest(), frames, nanos / NANOS),
                (one, other) -> new Cost(
                        release.digest(),
                        one.frames() + other.frames(),
                        one.drawingSeconds() + other.drawingSeconds()));
    }

    /** Of each release that drew for it. */
    synchronized List<Cost> costs() {
        return List.copyOf(costs.values());
    }

    @Override
    public synchronized void done(FileResult result) {
        results.put(result.file().id(), result);
    }

    @Override
    public synchronized void keepOfSeries(List<FrameReference> frames, EncodedObject object) throws IOException {
        series.add(new SeriesObject(outputs.store(object), frames));
    }

    /** @param name of all instances, see {@link org.rigatino.patient.PatientIdentity} */
    synchronized void ofPatient(Optional<String> name) {
        patient = name;
    }

    /** What the rules of the house say of the files that are restored. */
    synchronized List<Ruling> rulings() {
        return results.values().stream()
                .filter(result -> !result.frames().isEmpty())
                .flatMap(result -> result.ruling().stream())
                .distinct()
                .toList();
    }

    /** For the record. @param ruled kinds of objects by the destination that is to have them */
    synchronized Restored result(String configurationDigest, RuledDestinations ruled) {
        return new Restored(
                patient,
                configurationDigest,
                results.values().stream().map(RestoredStudy::came).toList(),
                restored(),
                series(),
                refusedBesides(),
                ruled.asked(),
                ruled.rule(),
                ruled.let().map(RuledKinds::written));
    }

    private static InstanceResult came(FileResult result) {
        long instance = result.file().id();
        FrameRefusals refusals = result.refusals();
        String detail = refusals.detail(result.frames().isEmpty()).orElse(null);
        if (result.cause().isPresent()) {
            return new InstanceResult(instance, Outcome.FAILED, result.cause().get(), detail);
        }
        if (result.frames().isEmpty() && refusals.isEmpty()) {
            return new InstanceResult(instance, Outcome.FAILED, "no frame of it was read", null);
        }
        return result.frames().isEmpty()
                ? new InstanceResult(instance, Outcome.REFUSED, refusals.rules(), detail)
                : new InstanceResult(instance, Outcome.RESTORED, null, detail);
    }

    synchronized List<SeriesObject> series() {
        return List.copyOf(series);
    }

    synchronized List<JudgedFrame> restored() {
        return results.values().stream()
                .flatMap(result -> result.frames().stream()
                        .map(frame -> judged(result.file().id(), frame)))
                .toList();
    }

    private JudgedFrame judged(long instance, FrameResult frame) {
        return new JudgedFrame(
                instance,
                frame.slice(),
                frame.modelName(),
                frame.modelVersion(),
                frame.objects().stream().map(stored::get).toList());
    }

    /** Of which any frame was refused; such an instance counts as refused where none of its frames is restored. */
    synchronized Map<SourceFile, FrameRefusals> refused() {
        Map<SourceFile, FrameRefusals> refused = new LinkedHashMap<>();
        results.values().stream()
                .filter(result -> !result.refusals().isEmpty())
                .forEach(result -> refused.put(result.file(), result.refusals()));
        return refused;
    }

    /** An instance of which any frame fails counts as failed: its other frames are not delivered. */
    synchronized Map<SourceFile, String> failed() {
        Map<SourceFile, String> failed = new LinkedHashMap<>();
        results.values().forEach(result -> result.cause().ifPresent(cause -> failed.put(result.file(), cause)));
        return failed;
    }

    /** {@code 3 frames of 1 of them refused (image-type)}, of images that are restored in part; empty where there are none. */
    synchronized Optional<String> refusedBesides() {
        List<FrameRefusals> some = results.values().stream()
                .filter(result -> !result.frames().isEmpty())
                .map(FileResult::refusals)
                .filter(refusals -> !refusals.isEmpty())
                .toList();
        if (some.isEmpty()) {
            return Optional.empty();
        }
        long frames = some.stream().mapToLong(FrameRefusals::count).sum();
        String rules = some.stream()
                .flatMap(refusals -> Stream.of(refusals.rules().split(", ")))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(frames + " frames of " + some.size() + " of them refused (" + rules + ")");
    }
}
