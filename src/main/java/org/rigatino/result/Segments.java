package org.rigatino.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.image.FrameReference;

/** In which frame of which Segmentation the regions of a source frame are: for reports that speak of the same regions. */
final class Segments {
    private record Place(EncodedObject object, List<Integer> frameNumbers) {}

    private final List<EncodedObject> objects = new ArrayList<>();
    private final Map<FrameReference, Place> places = new HashMap<>();

    void add(Segmentation.Type type, EncodedObject object, SegmentLayout layout) {
        EncodedObject kept = new EncodedObject(
                object.kind(), object.sopInstanceUid(), object.sopClassUid(), object.seriesInstanceUid(), new byte[0]);
        objects.add(kept);
        for (int i = 0; type == Segmentation.Type.BINARY && i < layout.frames().size(); i++) {
            places.computeIfAbsent(
                            layout.frames().get(i).frame().reference(), frame -> new Place(kept, new ArrayList<>()))
                    .frameNumbers()
                    .add(i + 1);
        }
    }

    /** Without their bytes. */
    List<EncodedObject> objects() {
        return objects;
    }

    /** The frame's item of Referenced SOP Sequence, with the frame, which excludes the segment (PS3.3 10.3); empty where no BINARY object holds it. */
    Optional<Dataset> reference(FrameReference frame) {
        return Optional.ofNullable(places.get(frame)).map(place -> new Dataset()
                .put(Tag.ReferencedSOPClassUID, place.object().sopClassUid())
                .put(Tag.ReferencedSOPInstanceUID, place.object().sopInstanceUid())
                .put(
                        Tag.ReferencedFrameNumber,
                        place.frameNumbers().stream()
                                .mapToInt(Integer::intValue)
                                .toArray()));
    }
}
