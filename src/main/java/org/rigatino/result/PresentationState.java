package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.image.FrameSpacing;

/**
 * The contours of one series' regions, to be laid on the original images by a Grayscale Softcopy Presentation State
 * (PS3.3 A.33.1). The images keep the gray scale that they have.
 */
final class PresentationState {
    private static final String LAYER = "DEPARTURE";
    /** L* 92, a* -12, b* 88: see {@link Segmentation}. */
    private static final int[] YELLOW = {60_292, 29_812, 55_512};

    /** By which a ratio is written in whole numbers. */
    private static final int COLUMNS = 10_000;

    private PresentationState() {}

    /** A Grayscale Softcopy Presentation State refers to gray images alone (PS3.3 A.33.1). */
    static boolean fits(JudgedFrame frame) {
        return frame.attributes()
                .string(Tag.PhotometricInterpretation)
                .filter(photometric -> photometric.startsWith("MONOCHROME"))
                .isPresent();
    }

    /**
     * @param source header of one of the instances that the frames are from
     * @param frames of one series, that {@link #fits fit}, of one size, one side of the body, one Modality
     *     LUT, one photometric interpretation, and with the same over them
     */
    static EncodedObject encode(
            Dataset source,
            List<JudgedFrame> frames,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        List<JudgedFrame> ordered = SliceOrder.of(frames);
        Dataset object =
                ObjectKind.PRESENTATION_STATE.begin(source, JudgedFrame.named(ordered), algorithm, configuration);
        Dataset series = new Dataset()
                .put(Tag.SeriesInstanceUID, ordered.get(0).reference().seriesInstanceUid())
                .putItems(Tag.ReferencedImageSequence, JudgedFrame.sopReferences(ordered));
        object.put(Tag.InstanceNumber, JudgedFrame.lowestInstanceNumber(ordered))
                .put(Tag.ContentLabel, LAYER)
                .put(Tag.ContentDescription, description(algorithm))
                .putEmpty(Tag.ContentCreatorName)
                .put(Tag.PresentationCreationDate, object.require(Tag.ContentDate))
                .put(Tag.PresentationCreationTime, object.require(Tag.ContentTime))
                .putItems(Tag.ReferencedSeriesSequence, List.of(series))
                .putItems(Tag.DisplayedAreaSelectionSequence, List.of(displayedArea(ordered.get(0))));
        BodySide.ofSeries(ordered.get(0), object);
        OverImage.copy(ordered.get(0).attributes(), object);
        annotations(object, ordered, algorithm);
        grayScale(object, ordered);
        return ObjectKind.PRESENTATION_STATE.encode(object);
    }

    private static Dataset displayedArea(JudgedFrame first) {
        Dataset area = new Dataset()
                .put(Tag.DisplayedAreaTopLeftHandCorner, 1, 1)
                .put(Tag.DisplayedAreaBottomRightHandCorner, first.columns(), first.rows())
                .put(Tag.PresentationSizeMode, "SCALE TO FIT");
        if (first.spacing().isPresent()) {
            return area.put(
                    Tag.PresentationPixelSpacing,
                    SegmentationFrames.decimals(
                            first.spacing().get().betweenRows(),
                            first.spacing().get().betweenColumns()));
        }
        return area.put(Tag.PresentationPixelAspectRatio, aspectRatio(first.attributes()));
    }

    /** Of pixels whose distances hold elsewhere than in the patient, or nobody knows where: their ratio does here. */
    static String[] aspectRatio(Dataset source) {
        List<String> ratio = source.strings(Tag.PixelAspectRatio);
        if (ratio.size() == 2) {
            return ratio.toArray(String[]::new);
        }
        return FrameSpacing.anywhere(source)
                .map(spacing -> spacing.betweenRows() / spacing.betweenColumns())
                .filter(rows -> rows != 1 && rows > 1.0 / COLUMNS && rows < COLUMNS)
                .map(rows -> new String[] {Long.toString(Math.round(rows * COLUMNS)), Integer.toString(COLUMNS)})
                .orElse(new String[] {"1", "1"});
    }

    private static void annotations(Dataset object, List<JudgedFrame> frames, AlgorithmIdentification algorithm) {
        List<Dataset> annotations = new ArrayList<>();
        for (JudgedFrame frame : frames) {
            List<Dataset> contours = frame.regions().stream()
                    .flatMap(region -> Contours.lines(region).stream())
                    .map(PresentationState::contour)
                    .toList();
            if (!contours.isEmpty()) {
                annotations.add(new Dataset()
                        .putItems(Tag.ReferencedImageSequence, List.of(frame.sopReference()))
                        .put(Tag.GraphicLayer, LAYER)
                        .putItems(Tag.TextObjectSequence, List.of(text(frame, algorithm)))
                        .putItems(Tag.GraphicObjectSequence, contours));
            }
        }
        List<Dataset> layers = new ArrayList<>();
        if (OverImage.hasOverlay(object)) {
            layers.add(layer(OverImage.LAYER, 1, "Overlays of the image"));
        }
        if (!annotations.isEmpty()) {
            object.putItems(Tag.GraphicAnnotationSequence, annotations);
            layers.add(layer(LAYER, layers.size() + 1, "Departure from restored healthy image")
                    .put(Tag.GraphicLayerRecommendedDisplayCIELabValue, YELLOW));
        }
        if (!layers.isEmpty()) {
            object.putItems(Tag.GraphicLayerSequence, layers);
        }
    }

    private static Dataset layer(String name, int order, String description) {
        return new Dataset()
                .put(Tag.GraphicLayer, name)
                .put(Tag.GraphicLayerOrder, order)
                .put(Tag.GraphicLayerDescription, description);
    }

    /** The corner of the image's first pixel is 0\0, that of its last columns\rows (PS3.3 C.10.5.1.2). */
    private static Dataset contour(float[] points) {
        return new Dataset()
                .put(Tag.GraphicAnnotationUnits, "PIXEL")
                .put(Tag.GraphicDimensions, 2)
                .put(Tag.NumberOfGraphicPoints, points.length / 2)
                .putFloats(Tag.GraphicData, points)
                .put(Tag.GraphicType, "POLYLINE")
                .put(Tag.GraphicFilled, "N");
    }

    private static String description(AlgorithmIdentification algorithm) {
        String warning = " " + Equipment.WARNING;
        return algorithm.title(AlgorithmIdentification.LONGEST - warning.length()) + warning;
    }

    private static Dataset text(JudgedFrame frame, AlgorithmIdentification algorithm) {
        return new Dataset()
                .put(
                        Tag.UnformattedTextValue,
                        algorithm.title() + " percentile "
                                + Legend.decimal(frame.finding().percentile(), 1) + " " + Equipment.WARNING)
                .put(Tag.BoundingBoxAnnotationUnits, "DISPLAY")
                .putFloats(Tag.BoundingBoxTopLeftHandCorner, 0.02f, 0.94f)
                .putFloats(Tag.BoundingBoxBottomRightHandCorner, 0.98f, 0.98f)
                .put(Tag.BoundingBoxTextHorizontalJustification, "LEFT");
    }

    /** What the images have: without it they would be shown without rescale and window (PS3.4 N.2.1). */
    private static void grayScale(Dataset object, List<JudgedFrame> frames) {
        Dataset first = frames.get(0).attributes();
        object.copy(first, Tag.ModalityLUTSequence, Tag.RescaleIntercept, Tag.RescaleSlope, Tag.RescaleType);
        if (object.contains(Tag.RescaleSlope) && !object.contains(Tag.RescaleType)) {
            object.put(Tag.RescaleType, "US");
        }
        List<Dataset> windows = new ArrayList<>();
        for (JudgedFrame frame : frames) {
            Dataset own = frame.attributes();
            windows.add(new Dataset()
                    .putItems(Tag.ReferencedImageSequence, List.of(frame.sopReference()))
                    .copy(own, Tag.VOILUTSequence, Tag.WindowCenter, Tag.WindowWidth, Tag.VOILUTFunction));
        }
        object.putItems(Tag.SoftcopyVOILUTSequence, windows);
        boolean inverse = first.string(Tag.PhotometricInterpretation).orElse("").equals("MONOCHROME1");
        object.put(Tag.PresentationLUTShape, inverse ? "INVERSE" : "IDENTITY");
    }
}
