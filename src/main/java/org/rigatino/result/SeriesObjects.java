package org.rigatino.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ImagePlane;

/**
 * Collects what one model release said of one source series, frame by frame, for the objects that hold a whole series. Of its
 * instances none differs from another in {@link org.rigatino.image.SeriesIdentity}.
 * Keeps some kilobytes a frame, no pixels: what is marked and how strongly, deflated. Not safe for use by several threads.
 */
public final class SeriesObjects {
    private final AlgorithmIdentification algorithm;
    private final ResultConfiguration configuration;
    private final List<JudgedFrame> frames = new ArrayList<>();
    /** By SOP Instance UID, as {@link SourceAttributes#ofSeries}. */
    private final Map<String, Dataset> headers = new HashMap<>();

    public SeriesObjects(AlgorithmIdentification algorithm, ResultConfiguration configuration) {
        this.algorithm = algorithm;
        this.configuration = configuration;
    }

    /**
     * @param header of the instance that the frame is from
     * @param captures files of the objects made of the frame alone, for those that hold them as frames
     * @throws DicomException where the header cannot be read
     */
    public void add(Dataset header, Frame frame, ImageFinding finding, Map<ObjectKind, Path> captures)
            throws DicomException {
        headers.put(frame.reference().sopInstanceUid(), SourceAttributes.ofSeries(header));
        frames.add(JudgedFrame.of(header, frame, finding, captures, configuration));
    }

    /** Forgets the frames of an instance that turned out to be unreadable in another frame. */
    public void leaveOut(String sopInstanceUid) {
        frames.removeIf(frame -> frame.reference().sopInstanceUid().equals(sopInstanceUid));
    }

    /** Of the least UID: what is copied from it depends neither on the order of arrival nor on what is in other objects. */
    private Dataset source(List<JudgedFrame> of) {
        return headers.get(of.stream()
                .map(frame -> frame.reference().sopInstanceUid())
                .min(Comparator.naturalOrder())
                .orElseThrow());
    }

    /** Takes objects as they are made. */
    @FunctionalInterface
    public interface Sink {
        /** @param frames that the object holds or speaks of */
        void take(EncodedObject object, List<FrameReference> frames) throws IOException;
    }

    /**
     * One object a kind, or several where frames of the series do not lie alike or are too many for one; none where there
     * are no frames. Holds one encoded object at a time.
     */
    public void encode(Set<ObjectKind> kinds, Sink sink) throws IOException {
        if (frames.isEmpty()) {
            return;
        }
        Segments segments = new Segments();
        TrackedRegions tracked = new TrackedRegions(source(frames), frames, algorithm, configuration);
        for (Segmentation.Type type : Segmentation.Type.values()) {
            if (kinds.contains(type.kind)) {
                segmentations(type, tracked, segments, sink);
            }
        }
        if (kinds.contains(ObjectKind.PARAMETRIC_MAP)) {
            Directions directions = new Directions();
            for (List<JudgedFrame> alike : grouped(frame -> geometry(frame, directions) + side(frame))) {
                List<JudgedFrame> placed =
                        alike.stream().filter(ParametricMap::fits).toList();
                for (List<JudgedFrame> part : parts(placed, ParametricMap.mostFrames(alike.get(0)))) {
                    sink.take(
                            ParametricMap.encode(source(part), part, algorithm, configuration),
                            JudgedFrame.references(part));
                }
            }
        }
        if (kinds.contains(ObjectKind.PRESENTATION_STATE)) {
            for (List<JudgedFrame> alike : grouped(frame -> grayScale(frame) + side(frame))) {
                if (PresentationState.fits(alike.get(0))) {
                    sink.take(
                            PresentationState.encode(source(alike), alike, algorithm, configuration),
                            JudgedFrame.references(alike));
                }
            }
        }
        reports(kinds, tracked, segments, sink);
        for (ObjectKind kind :
                kinds.stream().filter(kind -> kind.frames() != null).sorted().toList()) {
            captures(kind, sink);
        }
    }

    private void segmentations(Segmentation.Type type, TrackedRegions tracked, Segments segments, Sink sink)
            throws IOException {
        boolean binary = type == Segmentation.Type.BINARY;
        Directions directions = new Directions();
        for (List<JudgedFrame> alike : grouped(frame -> geometry(frame, directions))) {
            int most = type.mostFrames(alike.get(0));
            for (List<JudgedFrame> part :
                    parts(alike, most, frame -> binary ? 1 + tracked.of(frame).size() : 1)) {
                SegmentLayout layout =
                        binary ? SegmentLayout.of(part, tracked) : SegmentLayout.single(part, "Strength of departure");
                EncodedObject object = Segmentation.encode(type, source(part), part, layout, algorithm, configuration);
                segments.add(type, object, layout);
                sink.take(object, JudgedFrame.references(part));
            }
        }
    }

    /** And the key images beside it, which refer to it. */
    private void reports(Set<ObjectKind> kinds, TrackedRegions tracked, Segments segments, Sink sink)
            throws IOException {
        List<EncodedObject> reports = new ArrayList<>();
        if (kinds.contains(ObjectKind.MEASUREMENT_REPORT)) {
            reports.add(MeasurementReport.encode(source(frames), frames, tracked, segments, algorithm, configuration));
            sink.take(reports.get(0), JudgedFrame.references(frames));
        }
        List<JudgedFrame> flagged = SliceOrder.of(frames).stream()
                .filter(frame -> frame.finding().flagged())
                .toList();
        if (kinds.contains(ObjectKind.KEY_OBJECT_SELECTION) && !flagged.isEmpty()) {
            sink.take(
                    KeyObjectSelection.encode(
                            source(flagged), flagged, frames.size(), reports, algorithm, configuration),
                    JudgedFrame.references(flagged));
        }
    }

    private void captures(ObjectKind kind, Sink sink) throws IOException {
        for (List<KeptCapture> part :
                MultiFrameCapture.parts(kind, SliceOrder.of(frames), MultiFrameCapture.MOST_BYTES)) {
            List<JudgedFrame> of = part.stream().map(KeptCapture::frame).toList();
            sink.take(
                    MultiFrameCapture.encode(kind, source(of), part, algorithm, configuration),
                    JudgedFrame.references(of));
        }
    }

    /** All of {@link #encode(Set, Sink)}: for a few frames. */
    List<EncodedObject> encode(Set<ObjectKind> kinds) throws IOException {
        List<EncodedObject> objects = new ArrayList<>();
        encode(kinds, (object, references) -> objects.add(object));
        return objects;
    }

    private Collection<List<JudgedFrame>> grouped(Function<JudgedFrame, String> key) {
        return SliceOrder.of(frames).stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    static <T> List<List<T>> parts(List<T> ordered, int most) {
        return parts(ordered, most, one -> 1);
    }

    /** @param frames how many an element takes of the {@code most}; a part has one element at least */
    private static <T> List<List<T>> parts(List<T> ordered, int most, ToIntFunction<T> frames) {
        List<List<T>> parts = new ArrayList<>();
        int taken = most;
        for (T one : ordered) {
            int needed = frames.applyAsInt(one);
            if (parts.isEmpty() || taken + needed > most) {
                parts.add(new ArrayList<>());
                taken = 0;
            }
            parts.get(parts.size() - 1).add(one);
            taken += needed;
        }
        return parts;
    }

    private static String geometry(JudgedFrame frame, Directions directions) {
        Optional<ImagePlane> plane = frame.plane();
        return frame.rows() + " " + frame.columns() + " " + frame.spacing() + " " + frame.sides() + " "
                + plane.map(ImagePlane::isPlaced) + " "
                + plane.map(ImagePlane::frameOfReferenceUid) + " "
                + plane.map(directions::of);
    }

    private static String grayScale(JudgedFrame frame) {
        Dataset attributes = frame.attributes();
        return frame.rows() + " " + frame.columns() + " " + frame.spacing() + " "
                + attributes.strings(Tag.PhotometricInterpretation)
                + attributes.strings(Tag.RescaleSlope)
                + attributes.strings(Tag.RescaleIntercept)
                + attributes.strings(Tag.RescaleType)
                + table(attributes)
                + Arrays.toString(PresentationState.aspectRatio(attributes))
                + OverImage.text(attributes);
    }

    /** Of which one object of a series says one. */
    private static String side(JudgedFrame frame) {
        return frame.laterality() + " " + frame.attributes().strings(Tag.BodyPartExamined);
    }

    /** What a Modality LUT does, as text; empty where there is none. */
    private static String table(Dataset attributes) {
        StringBuilder table = new StringBuilder();
        try {
            for (Dataset item : attributes.items(Tag.ModalityLUTSequence)) {
                table.append(Arrays.toString(item.doubles(Tag.LUTDescriptor)))
                        .append(item.strings(Tag.ModalityLUTType))
                        .append(Uids.nameBased(Arrays.toString(item.words(Tag.LUTData))));
            }
        } catch (DicomException e) {
            throw new UncheckedIOException(e);
        }
        return table.toString();
    }
}
