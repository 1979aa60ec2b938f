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
import org.rigatino.deliver.OutputStore.Stored;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Output;
import org.rigatino.pipeline.FileResult;
import org.rigatino.pipeline.FrameRefusals;
import org.rigatino.pipeline.FrameResult;
import org.rigatino.pipeline.Sink;
import org.rigatino.pipeline.SourceFile;
import org.rigatino.result.EncodedObject;

/**
 * What became of the instances of one study, with its objects safe on disk. Holds no pixels, so that it stays small whatever
 * the study's size. Safe for use by several threads.
 */
final class RestoredStudy implements Sink {
    /** @param finding without its map */
    record KeptFrame(
            SourceFile instance,
            ImageFinding finding,
            String modelName,
            String modelVersion,
            List<StoredObject> objects) {}

    /** An object that is safe on disk. */
    record StoredObject(
            Output.Kind kind, String sopInstanceUid, String sopClassUid, String seriesInstanceUid, Stored file) {
        static StoredObject of(EncodedObject object, Stored file) {
            return new StoredObject(
                    Output.Kind.valueOf(object.kind().name()),
                    object.sopInstanceUid(),
                    object.sopClassUid(),
                    object.seriesInstanceUid(),
                    file);
        }
    }

    /** @param frames that it holds or speaks of, of one series */
    record SeriesObject(StoredObject object, List<FrameReference> frames) {}

    private final OutputStore outputs;
    private final Map<Path, StoredObject> stored = new ConcurrentHashMap<>();
    private final Map<Long, FileResult> results = new TreeMap<>();
    private final List<SeriesObject> series = new ArrayList<>();
    private Optional<String> patient = Optional.empty();

    RestoredStudy(OutputStore outputs) {
        this.outputs = outputs;
    }

    @Override
    public Path keep(SourceFile file, FrameReference frame, EncodedObject object) throws IOException {
        StoredObject kept = store(object);
        Path path = outputs.file(kept.file().location());
        stored.put(path, kept);
        return path;
    }

    @Override
    public synchronized void done(FileResult result) {
        results.put(result.file().id(), result);
    }

    @Override
    public synchronized void keepOfSeries(List<FrameReference> frames, EncodedObject object) throws IOException {
        series.add(new SeriesObject(store(object), frames));
    }

    private StoredObject store(EncodedObject object) throws IOException {
        return StoredObject.of(object, outputs.store(object.sopInstanceUid(), object.bytes()));
    }

    /** @param name of all instances, see {@link org.rigatino.patient.PatientIdentity} */
    synchronized void ofPatient(Optional<String> name) {
        patient = name;
    }

    synchronized Optional<String> patient() {
        return patient;
    }

    synchronized List<SeriesObject> series() {
        return series;
    }

    synchronized List<KeptFrame> restored() {
        return results.values().stream()
                .flatMap(result -> result.frames().stream().map(frame -> kept(result.file(), frame)))
                .toList();
    }

    private KeptFrame kept(SourceFile file, FrameResult frame) {
        return new KeptFrame(
                file,
                frame.finding(),
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
