package org.rigatino.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.deliver.OutputStore.Stored;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Output;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Refusal;
import org.rigatino.result.EncodedObject;
import org.rigatino.worker.ClaimedStudy.ReceivedInstance;

/**
 * What became of the instances of one study. Holds no pixels, so that it stays small whatever the study's size. Safe for
 * use by several threads.
 */
final class Restorations {
    /** @param finding without its map */
    record Restoration(
            ReceivedInstance instance,
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

    private final Optional<String> patient;
    private final List<SeriesObject> series = new ArrayList<>();
    private final List<Restoration> restored = new ArrayList<>();
    private final Map<ReceivedInstance, FrameRefusals> refused = new LinkedHashMap<>();
    private final Map<ReceivedInstance, String> failed = new LinkedHashMap<>();

    /** @param patient of all instances, see {@link org.rigatino.ingest.PatientIdentity} */
    Restorations(Optional<String> patient) {
        this.patient = patient;
    }

    Optional<String> patient() {
        return patient;
    }

    synchronized void restored(
            ReceivedInstance instance, ImageFinding finding, ModelRelease release, List<StoredObject> objects) {
        restored.add(new Restoration(instance, finding.withoutMap(), release.name(), release.version(), objects));
    }

    /** Frames {@code first} to {@code last} of the instance; it counts as refused where none of its frames is restored. */
    synchronized void refused(ReceivedInstance instance, int first, int last, Refusal refusal) {
        refused.computeIfAbsent(instance, none -> new FrameRefusals()).add(first, last, refusal);
    }

    /** An instance of which any frame fails counts as failed: its other frames are not delivered. */
    synchronized void failed(ReceivedInstance instance, String cause) {
        failed.putIfAbsent(instance, cause == null ? "no cause given" : cause);
    }

    synchronized void series(SeriesObject object) {
        series.add(object);
    }

    synchronized List<SeriesObject> series() {
        return series;
    }

    synchronized List<Restoration> restored() {
        return restored.stream()
                .filter(restoration -> !failed.containsKey(restoration.instance()))
                .toList();
    }

    synchronized Map<ReceivedInstance, FrameRefusals> refused() {
        return refused;
    }

    /** {@code 3 frames of 1 of them refused (image-type)}, of images that are restored in part; empty where there are none. */
    synchronized Optional<String> refusedBesides() {
        Set<ReceivedInstance> some =
                restored().stream().map(Restoration::instance).collect(Collectors.toSet());
        some.retainAll(refused.keySet());
        if (some.isEmpty()) {
            return Optional.empty();
        }
        long frames = some.stream()
                .mapToLong(instance -> refused.get(instance).count())
                .sum();
        String rules = some.stream()
                .flatMap(instance -> Stream.of(refused.get(instance).rules().split(", ")))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(frames + " frames of " + some.size() + " of them refused (" + rules + ")");
    }

    synchronized Map<ReceivedInstance, String> failed() {
        return failed;
    }
}
