package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * How far the frames of one series depart from normal, as a Parametric Map (PS3.3 A.75) on their own grid. Its pixels are
 * floating point numbers (PS3.3 C.7.6.24) in units of the variation of normal images, which a Real World Value Mapping says;
 * viewers that draw such maps read no others.
 */
final class ParametricMap {
    private static final int MOST_BYTES = 32 << 20;
    private static final String[] TYPE = {"DERIVED", "PRIMARY", "OTHER", "NONE"};

    private ParametricMap() {}

    /** Whether the IOD can hold the frame: it asks for a place in a Frame of Reference (PS3.3 table A.75-1). */
    static boolean fits(JudgedFrame frame) {
        return frame.spacing().isPresent()
                && frame.place()
                        .filter(plane -> !plane.frameOfReferenceUid().isEmpty())
                        .isPresent();
    }

    /** So that an object's pixels take {@link #MOST_BYTES} at most, one frame at least. */
    static int mostFrames(JudgedFrame alike) {
        return Math.max(1, MOST_BYTES / Float.BYTES / (alike.rows() * alike.columns()));
    }

    /**
     * @param source header of one of the instances that the frames are from
     * @param ordered frames of one series, of one size, one orientation and one side of the body, in {@link SliceOrder}
     */
    static EncodedObject encode(
            Dataset source,
            List<JudgedFrame> ordered,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        JudgedFrame first = ordered.get(0);
        ObjectKind kind = ObjectKind.PARAMETRIC_MAP;
        Dataset object = kind.begin(source, JudgedFrame.named(ordered), algorithm, configuration);
        Segmentation.image(object, ordered, ordered.size());
        object.put(Tag.InstanceNumber, JudgedFrame.lowestInstanceNumber(ordered))
                .put(Tag.Modality, SourceAttributes.modality(source))
                .put(Tag.ImageType, TYPE)
                .put(Tag.ContentQualification, "RESEARCH")
                .put(Tag.BurnedInAnnotation, "NO")
                .put(Tag.RecognizableVisualFeatures, "NO")
                .put(Tag.PresentationLUTShape, "IDENTITY")
                .putItems(Tag.AcquisitionContextSequence, List.of())
                .put(Tag.BitsAllocated, Float.SIZE);
        Segmentation.references(object, ordered);
        BodySide.ofSeries(first, object);
        groups(object, ordered, configuration);
        Segmentation.frameOfReference(object, first);
        object.putFloatPixels(samples(ordered));
        return kind.encode(object);
    }

    private static void groups(Dataset object, List<JudgedFrame> ordered, ResultConfiguration configuration) {
        Map<JudgedFrame, SliceOrder.Position> positions = SliceOrder.positions(ordered);
        boolean times = SliceOrder.isRepeated(positions);
        SegmentationFrames.dimensions(object, ordered.get(0).place().isPresent(), times, false);
        double whole = configuration.level() + configuration.span();
        Dataset shared = SegmentationFrames.shared(ordered.get(0))
                .putItems(Tag.ParametricMapFrameTypeSequence, List.of(new Dataset().put(Tag.FrameType, TYPE)))
                .putItems(Tag.RealWorldValueMappingSequence, List.of(mapping()))
                .putItems(
                        Tag.PixelValueTransformationSequence,
                        List.of(new Dataset()
                                .put(Tag.RescaleIntercept, "0")
                                .put(Tag.RescaleSlope, "1")
                                .put(Tag.RescaleType, "US")))
                .putItems(
                        Tag.FrameVOILUTSequence,
                        List.of(new Dataset()
                                .put(Tag.WindowCenter, SegmentationFrames.decimals(whole / 2))
                                .put(Tag.WindowWidth, SegmentationFrames.decimals(whole))
                                .put(Tag.VOILUTFunction, "LINEAR_EXACT")));
        List<Dataset> perFrame = new ArrayList<>();
        for (JudgedFrame frame : ordered) {
            Dataset content = SegmentationFrames.content(positions.get(frame), times);
            perFrame.add(SegmentationFrames.perFrame(frame, content, "113062", "Pixel by pixel subtraction"));
        }
        SegmentationFrames.groups(object, shared, perFrame, ordered);
    }

    /** PS3.3 C.7.6.16.2.11. */
    private static Dataset mapping() {
        Dataset quantity = ContentItem.code(
                        Code.sct("246205007", "Quantity"),
                        Code.own("DEPARTURE", "Departure from restored healthy image"))
                .dataset();
        return new Dataset()
                .putDoubles(Tag.DoubleFloatRealWorldValueFirstValueMapped, 0)
                .putDoubles(Tag.DoubleFloatRealWorldValueLastValueMapped, 0xFFFF * JudgedFrame.STEP)
                .put(Tag.RealWorldValueIntercept, "0")
                .put(Tag.RealWorldValueSlope, "1")
                .put(Tag.LUTExplanation, "Departure in units of the variation of normal images")
                .put(Tag.LUTLabel, "DEPARTURE")
                .putItems(
                        Tag.MeasurementUnitsCodeSequence,
                        List.of(Code.ucum("{SD}", "standard deviations of normal images")
                                .item()))
                .putItems(Tag.QuantityDefinitionSequence, List.of(quantity));
    }

    private static float[] samples(List<JudgedFrame> frames) {
        int each = frames.get(0).rows() * frames.get(0).columns();
        float[] samples = new float[frames.size() * each];
        int next = 0;
        for (JudgedFrame frame : frames) {
            for (short step : frame.steps()) {
                samples[next++] = (float) (Short.toUnsignedInt(step) * JudgedFrame.STEP);
            }
        }
        return samples;
    }
}
