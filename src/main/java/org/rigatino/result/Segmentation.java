package org.rigatino.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.image.ImagePlane;

/**
 * Where the frames of one series depart from normal, as a Segmentation (PS3.3 A.51) on their own grid: every judged frame
 * is there, also where nothing is marked, in the order of their places along the normal of the plane.
 */
final class Segmentation {
    /** What a pixel holds. */
    enum Type {
        /** 1 where the departure reaches the level. */
        BINARY(ObjectKind.SEGMENTATION),
        /** Departure over level and span, 0 to 255. */
        FRACTIONAL(ObjectKind.PROBABILITY_MAP);

        final ObjectKind kind;

        Type(ObjectKind kind) {
            this.kind = kind;
        }

        /** So that an object's pixels take {@link #MOST_BYTES} at most, one frame at least. */
        int mostFrames(JudgedFrame alike) {
            long bits = (long) alike.rows() * alike.columns() * (this == BINARY ? 1 : 8);
            return (int) Math.max(1, MOST_BYTES * 8L / bits);
        }
    }

    private static final int MOST_BYTES = 32 << 20;
    private static final Code MORPHOLOGICALLY_ABNORMAL_STRUCTURE =
            Code.sct("49755003", "Morphologically Abnormal Structure");
    private static final Code DEPARTURE = Code.own("DEPARTURE", "Departure from restored healthy image");
    /** The yellow end of {@link ColourScale} as PCS-values (PS3.3 C.10.7.1.1): L* 92, a* -12, b* 88. */
    private static final int[] YELLOW = {60_292, 29_812, 55_512};

    private Segmentation() {}

    /**
     * @param source header of one of the instances that the frames are from
     * @param ordered frames of one series, of one size and one orientation, in {@link SliceOrder}
     */
    static EncodedObject encode(
            Type type,
            Dataset source,
            List<JudgedFrame> ordered,
            SegmentLayout layout,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        JudgedFrame first = ordered.get(0);
        Dataset object = type.kind.begin(source, JudgedFrame.named(ordered), algorithm, configuration);
        named(object, layout.segments());
        object.put(Tag.InstanceNumber, JudgedFrame.lowestInstanceNumber(ordered));
        image(object, ordered, layout.frames().size());
        segments(object, type, layout.segments(), algorithm, configuration);
        references(object, ordered);
        SegmentationFrames.put(object, layout);
        frameOfReference(object, first);
        object.putPixels(
                type == Type.BINARY
                        ? bits(layout.frames())
                        : bytes(ordered, configuration.level() + configuration.span()));
        return type.kind.encode(object);
    }

    /** Which regions are segments depends on frames of other objects too: an object of others is another object. */
    private static void named(Dataset object, List<SegmentLayout.Segment> segments) throws DicomException {
        String tracked = segments.stream()
                .filter(segment -> segment.tracking() != null)
                .map(segment -> segment.tracking().uid())
                .collect(Collectors.joining(" "));
        if (!tracked.isEmpty()) {
            object.put(Tag.SOPInstanceUID, Uids.nameBased(object.require(Tag.SOPInstanceUID), tracked));
        }
    }

    /** @param ordered what the object is of; lossy where any of it is */
    static void image(Dataset object, List<JudgedFrame> ordered, int frames) {
        Dataset compression = ordered.stream()
                .map(JudgedFrame::attributes)
                .filter(attributes -> attributes.contains(Tag.LossyImageCompression))
                .findFirst()
                .orElse(new Dataset().put(Tag.LossyImageCompression, "00"));
        object.put(Tag.ImageType, "DERIVED", "PRIMARY")
                .put(Tag.ContentLabel, "DEPARTURE")
                .put(Tag.ContentDescription, Equipment.WARNING)
                .putEmpty(Tag.ContentCreatorName)
                .copy(
                        compression,
                        Tag.LossyImageCompression,
                        Tag.LossyImageCompressionRatio,
                        Tag.LossyImageCompressionMethod)
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.NumberOfFrames, frames)
                .put(Tag.Rows, ordered.get(0).rows())
                .put(Tag.Columns, ordered.get(0).columns());
    }

    private static void segments(
            Dataset object,
            Type type,
            List<SegmentLayout.Segment> segments,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration) {
        List<Dataset> items = new ArrayList<>();
        for (SegmentLayout.Segment segment : segments) {
            Dataset item =
                    segment(type, segment.label(), algorithm, configuration).put(Tag.SegmentNumber, items.size() + 1);
            if (segment.tracking() != null) {
                item.put(Tag.TrackingID, segment.tracking().identifier())
                        .put(Tag.TrackingUID, segment.tracking().uid());
            }
            items.add(item);
        }
        object.putItems(Tag.SegmentSequence, items).put(Tag.SegmentationType, type.name());
        format(object, type);
    }

    private static Dataset segment(
            Type type, String label, AlgorithmIdentification algorithm, ResultConfiguration configuration) {
        Dataset identification = new Dataset()
                .putItems(
                        Tag.AlgorithmFamilyCodeSequence,
                        List.of(Code.dcm("123110", "Artificial Intelligence").item()))
                .put(Tag.AlgorithmName, algorithm.name())
                .put(Tag.AlgorithmVersion, algorithm.version())
                .put(Tag.AlgorithmParameters, algorithm.digest());
        return new Dataset()
                .put(Tag.SegmentLabel, label)
                .put(Tag.SegmentDescription, description(type, configuration))
                .put(Tag.SegmentAlgorithmType, "AUTOMATIC")
                .put(Tag.SegmentAlgorithmName, algorithm.title(AlgorithmIdentification.LONGEST))
                .putItems(Tag.SegmentationAlgorithmIdentificationSequence, List.of(identification))
                .putItems(Tag.SegmentedPropertyCategoryCodeSequence, List.of(MORPHOLOGICALLY_ABNORMAL_STRUCTURE.item()))
                .putItems(Tag.SegmentedPropertyTypeCodeSequence, List.of(DEPARTURE.item()))
                .put(Tag.RecommendedDisplayCIELabValue, YELLOW);
    }

    private static void format(Dataset object, Type type) {
        object.put(Tag.PixelRepresentation, 0);
        if (type == Type.BINARY) {
            object.put(Tag.BitsAllocated, 1).put(Tag.BitsStored, 1).put(Tag.HighBit, 0);
        } else {
            object.put(Tag.BitsAllocated, 8)
                    .put(Tag.BitsStored, 8)
                    .put(Tag.HighBit, 7)
                    .put(Tag.SegmentationFractionalType, "PROBABILITY")
                    .put(Tag.MaximumFractionalValue, 255);
        }
    }

    private static String description(Type type, ResultConfiguration configuration) {
        String unit = " times the variation of normal images";
        return type == Type.BINARY
                ? "Departs by " + configuration.level() + unit + " or more"
                : "255 is a departure of " + (configuration.level() + configuration.span()) + unit
                        + " or more: a strength, not a probability";
    }

    /** Common Instance Reference Module (PS3.3 C.12.2), without which viewers do not find the source series. */
    static void references(Dataset object, List<JudgedFrame> frames) {
        Map<String, Dataset> instances = new LinkedHashMap<>();
        for (JudgedFrame frame : frames) {
            instances.put(
                    frame.reference().sopInstanceUid(),
                    new Dataset()
                            .put(Tag.ReferencedSOPClassUID, frame.reference().sopClassUid())
                            .put(Tag.ReferencedSOPInstanceUID, frame.reference().sopInstanceUid()));
        }
        Dataset series = new Dataset()
                .put(Tag.SeriesInstanceUID, frames.get(0).reference().seriesInstanceUid())
                .putItems(Tag.ReferencedInstanceSequence, new ArrayList<>(instances.values()));
        object.putItems(Tag.ReferencedSeriesSequence, List.of(series));
    }

    /** Of the frames themselves: a series may have several. */
    static void frameOfReference(Dataset object, JudgedFrame first) {
        if (first.place().isEmpty()) {
            object.putEmpty(Tag.PatientOrientation);
            first.sides().ifPresent(sides -> object.put(Tag.PatientOrientation, sides.row(), sides.column()));
        }
        first.place()
                .map(ImagePlane::frameOfReferenceUid)
                .filter(uid -> !uid.isEmpty())
                .ifPresent(uid -> object.put(Tag.FrameOfReferenceUID, uid)
                        .putEmpty(Tag.PositionReferenceIndicator)
                        .copy(first.attributes(), Tag.PositionReferenceIndicator));
    }

    /** Frame after frame without a gap between them, first pixel in the lowest bit (PS3.5 8.1.1 and annex D). */
    private static byte[] bits(List<SegmentLayout.SegmentFrame> frames) {
        JudgedFrame first = frames.get(0).frame();
        long pixels = (long) frames.size() * first.rows() * first.columns();
        byte[] bits = new byte[Math.toIntExact((pixels + 15) / 16 * 2)];
        int at = 0;
        for (SegmentLayout.SegmentFrame frame : frames) {
            for (byte mark : JudgedFrame.inflated(frame.frame().mask())) {
                bits[at >> 3] |= (byte) ((frame.holds(mark) ? 1 : 0) << (at & 7));
                at++;
            }
        }
        return bits;
    }

    private static byte[] bytes(List<JudgedFrame> frames, double whole) {
        int each = frames.get(0).rows() * frames.get(0).columns();
        byte[] bytes = new byte[(frames.size() * each + 1) / 2 * 2];
        int at = 0;
        for (JudgedFrame frame : frames) {
            for (short steps : frame.steps()) {
                double departure = (steps & 0xFFFF) * JudgedFrame.STEP;
                bytes[at++] = (byte) (int) (255 * Math.min(1, departure / whole));
            }
        }
        return bytes;
    }
}
