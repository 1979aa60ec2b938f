package org.rigatino.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.deliver.OutputStore.Stored;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Output;
import org.rigatino.restore.ModelRelease;
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
    private final Map<ReceivedInstance, String> refused = new LinkedHashMap<>();
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

    /** Counts where no frame of the instance is restored. */
    synchronized void refused(ReceivedInstance instance, String rule) {
        refused.put(instance, rule);
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

    synchronized Map<ReceivedInstance, String> refused() {
        return refused;
    }

    synchronized Map<ReceivedInstance, String> failed() {
        return failed;
    }
}
