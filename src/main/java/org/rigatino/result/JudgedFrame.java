package org.rigatino.result;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.Region;
import org.rigatino.finding.Regions;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ImagePlane;
import org.rigatino.image.Laterality;
import org.rigatino.image.Luminance;
import org.rigatino.image.PixelSpacing;
import org.rigatino.image.StoredValues;
import org.rigatino.image.VoiAttributes;

/**
 * What objects of a whole series need of one frame, without its pixels: a few kilobytes.
 *
 * @param number Instance Number of the source; 0 where there is none
 * @param instanceNumber as {@link Derivation#instanceNumber}
 * @param multiFrame whether references to it name the frame
 * @param laterality as {@link Laterality#of}
 * @param times as {@link FrameTimes#of}
 * @param attributes of the source that hold for this frame: gray scale transforms, distances, overlays and shutter, compression where it is lossy, Body
 *     Part Examined, Position Reference Indicator
 * @param finding without its map
 * @param mask rows*columns bytes, deflated: 0 where nothing departs, 2 in the strongest region, 3 in the next, 1 in those
 *     beyond {@link TrackedRegions#MOST}
 * @param strengths rows*columns words, Little Endian, deflated: departure in steps of {@link #STEP}, 65535 from there on
 * @param captures files of the objects made of the frame alone
 */
record JudgedFrame(
        FrameReference reference,
        int number,
        int instanceNumber,
        boolean multiFrame,
        int rows,
        int columns,
        Optional<ImagePlane> plane,
        Optional<OrientationMarkers> sides,
        Optional<String> laterality,
        Optional<PixelSpacing> spacing,
        double[] times,
        Dataset attributes,
        ImageFinding finding,
        List<Region> regions,
        byte[] mask,
        byte[] strengths,
        Map<ObjectKind, Path> captures) {
    /** In units of the normals' spread. */
    static final double STEP = 0.01;

    private static final int[] OF_HEADER = {
        Tag.PixelAspectRatio,
        Tag.PixelSpacing,
        Tag.ImagerPixelSpacing,
        Tag.NominalScannedPixelSpacing,
        Tag.PixelSpacingCalibrationType,
        Tag.EstimatedRadiographicMagnificationFactor,
        Tag.BodyPartExamined,
        Tag.PositionReferenceIndicator,
    };

    static JudgedFrame of(
            Dataset header,
            Frame frame,
            ImageFinding finding,
            Map<ObjectKind, Path> captures,
            ResultConfiguration configuration)
            throws DicomException {
        Regions regions = Regions.of(finding.map(), frame.rows(), frame.columns(), configuration.level());
        return new JudgedFrame(
                frame.reference(),
                SourceAttributes.number(header, Tag.InstanceNumber),
                Derivation.instanceNumber(header, frame.reference().frameNumber()),
                header.integer(Tag.NumberOfFrames, 1) > 1,
                frame.rows(),
                frame.columns(),
                frame.plane(),
                OrientationMarkers.of(header, frame),
                Laterality.of(header, frame.reference().frameNumber()),
                frame.spacing(),
                FrameTimes.of(header, frame.reference().frameNumber()),
                attributes(header, frame),
                finding.withoutMap(),
                regions.regions(),
                deflated(marked(regions)),
                deflated(strengths(finding.map())),
                Map.copyOf(captures));
    }

    /** As {@link Frame#place}. */
    Optional<ImagePlane> place() {
        return plane.filter(ImagePlane::isPlaced);
    }

    /** Of their instances; tells objects of one series apart, whatever else came in when. */
    static int lowestInstanceNumber(List<JudgedFrame> frames) {
        return frames.stream().mapToInt(JudgedFrame::instanceNumber).min().orElse(0);
    }

    static List<FrameReference> references(List<JudgedFrame> frames) {
        return frames.stream().map(JudgedFrame::reference).toList();
    }

    static List<NamedFrame> named(List<JudgedFrame> frames) {
        return frames.stream().map(frame -> NamedFrame.of(frame.finding())).toList();
    }

    private static Dataset attributes(Dataset header, Frame frame) throws DicomException {
        int number = frame.reference().frameNumber();
        FunctionalGroups groups = FunctionalGroups.of(header, number);
        Dataset transformation =
                Luminance.isOf(header) ? new Dataset() : groups.macro(Tag.PixelValueTransformationSequence);
        Dataset attributes = new Dataset()
                .copy(header, Tag.PhotometricInterpretation)
                .copyValid(header, OF_HEADER)
                .copy(VoiAttributes.tables(transformation, Tag.ModalityLUTSequence), Tag.ModalityLUTSequence)
                .copyValid(groups.macro(Tag.PixelMeasuresSequence), Tag.SliceThickness, Tag.SpacingBetweenSlices);
        OverImage.copy(OverImage.of(header), attributes);
        if (SourceAttributes.lossy(header)) {
            attributes.put(Tag.LossyImageCompression, "01");
            SourceAttributes.ratios(header, attributes);
        }
        if (!attributes.contains(Tag.ModalityLUTSequence)) {
            attributes.copyValid(transformation, Tag.RescaleIntercept, Tag.RescaleSlope, Tag.RescaleType);
        }
        Dataset voi = VoiAttributes.of(groups.macro(Tag.FrameVOILUTSequence), header, number, frame.values());
        attributes.copy(voi, Tag.VOILUTSequence, Tag.WindowCenter, Tag.WindowWidth, Tag.VOILUTFunction);
        boolean rescaled = transformation.string(Tag.RescaleSlope).isPresent()
                || transformation.string(Tag.RescaleIntercept).isPresent();
        boolean copied = attributes.contains(Tag.RescaleSlope) && attributes.contains(Tag.RescaleIntercept);
        if (rescaled && !copied && !attributes.contains(Tag.ModalityLUTSequence)) {
            double[] rescale = StoredValues.rescaleOf(header, number);
            attributes
                    .put(Tag.RescaleIntercept, SegmentationFrames.decimals(rescale[1]))
                    .put(Tag.RescaleSlope, SegmentationFrames.decimals(rescale[0]));
        }
        return attributes;
    }

    private static byte[] marked(Regions regions) {
        int[] labels = regions.labels();
        byte[] byLabel = new byte[Arrays.stream(labels).max().orElse(0) + 1];
        Arrays.fill(byLabel, 1, byLabel.length, (byte) 1);
        for (int rank = 1;
                rank <= Math.min(TrackedRegions.MOST, regions.regions().size());
                rank++) {
            byLabel[regions.regions().get(rank - 1).label()] = (byte) (rank + 1);
        }
        byte[] mask = new byte[labels.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = byLabel[labels[i]];
        }
        return mask;
    }

    private static byte[] strengths(float[] map) {
        byte[] strengths = new byte[2 * map.length];
        for (int i = 0; i < map.length; i++) {
            int steps = (int) Math.min(0xFFFF, Math.max(0, StrictMath.round(map[i] / STEP)));
            strengths[2 * i] = (byte) steps;
            strengths[2 * i + 1] = (byte) (steps >> 8);
        }
        return strengths;
    }

    /** Departures in steps, as they are stored. */
    short[] steps() {
        byte[] bytes = inflated(strengths);
        short[] steps = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(steps);
        return steps;
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @param deflated {@link #mask} or {@link #strengths} */
    static byte[] inflated(byte[] deflated) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Referenced SOP Class and Instance UID, and the frame where the source has several (PS3.3 10.3). */
    Dataset sopReference() {
        Dataset item = new Dataset()
                .put(Tag.ReferencedSOPClassUID, reference.sopClassUid())
                .put(Tag.ReferencedSOPInstanceUID, reference.sopInstanceUid());
        if (multiFrame) {
            item.put(Tag.ReferencedFrameNumber, reference.frameNumber());
        }
        return item;
    }

    /** An instance once; its frames in one item, where it has several (PS3.3 10.3). */
    static List<Dataset> sopReferences(List<JudgedFrame> frames) {
        Map<String, List<Integer>> numbers = new LinkedHashMap<>();
        Map<String, Dataset> items = new LinkedHashMap<>();
        for (JudgedFrame frame : frames) {
            String uid = frame.reference().sopInstanceUid();
            items.computeIfAbsent(uid, first -> frame.sopReference());
            numbers.computeIfAbsent(uid, first -> new ArrayList<>())
                    .add(frame.reference().frameNumber());
        }
        items.forEach((uid, item) -> {
            if (item.contains(Tag.ReferencedFrameNumber)) {
                item.put(
                        Tag.ReferencedFrameNumber,
                        numbers.get(uid).stream().mapToInt(Integer::intValue).toArray());
            }
        });
        return new ArrayList<>(items.values());
    }
}
