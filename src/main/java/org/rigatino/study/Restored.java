package org.rigatino.study;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.ObjectKind;

/**
 * What the instances of a claimed study came to, with the objects safe on disk.
 *
 * @param patient of all of them, as a name that tells nothing else; empty where they name none
 * @param configurationDigest of the settings that the objects depend on
 * @param refusedBesides {@code 3 frames of 1 of them refused (image-type)}, of images that are restored in part; empty where
 *     there are none
 * @param asked kinds of objects by the destination that is to have them
 * @param ruledDestinations as {@link Study#ruledDestinations}; empty where no rule of the house says anything
 * @param ruledBy the rule of the house by which that is so; empty where none says anything
 */
public record Restored(
        Optional<String> patient,
        String configurationDigest,
        List<InstanceResult> instances,
        List<JudgedFrame> frames,
        List<SeriesObject> series,
        Optional<String> refusedBesides,
        Map<String, Set<ObjectKind>> asked,
        Optional<String> ruledBy,
        Optional<String> ruledDestinations) {
    /** All that was made. */
    Stream<KeptObject> objects() {
        return Stream.concat(
                frames.stream().flatMap(frame -> frame.objects().stream()),
                series.stream().map(SeriesObject::object));
    }

    /**
     * What became of an instance.
     *
     * @param instance id of its row
     * @param outcome RESTORED, REFUSED or FAILED
     * @param reason refusal rules, or the cause of failure; null where it is restored
     * @param detail which frames were refused by which rule; null where there is nothing to add
     */
    public record InstanceResult(long instance, Instance.Outcome outcome, String reason, String detail) {}

    /**
     * A restored frame.
     *
     * @param instance id of its row
     * @param slice the finding without its map, and where the frame lies
     */
    public record JudgedFrame(
            long instance, JudgedSlice slice, String modelName, String modelVersion, List<KeptObject> objects) {
        public ImageFinding finding() {
            return slice.finding();
        }
    }

    /**
     * An object that is safe on disk.
     *
     * @param location below the folder of outputs
     * @param sha256 in hex
     */
    public record KeptObject(
            ObjectKind kind,
            String sopInstanceUid,
            String sopClassUid,
            String seriesInstanceUid,
            String location,
            String sha256,
            long bytes) {
        /** Its row, which is of no finding yet. */
        public Output output(Study study, Instant createdAt) {
            Output output = new Output();
            output.study = study;
            output.kind = kind;
            output.sopInstanceUid = sopInstanceUid;
            output.sopClassUid = sopClassUid;
            output.seriesInstanceUid = seriesInstanceUid;
            output.location = location;
            output.sha256 = sha256;
            output.bytes = bytes;
            output.createdAt = createdAt;
            return output;
        }
    }

    /** @param frames that it holds or speaks of, of one series */
    public record SeriesObject(KeptObject object, List<FrameReference> frames) {}
}
