package org.rigatino.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.dicom.ValueRules;
import org.rigatino.image.PixelSpacing;

/** Multi-frame Functional Groups and Dimension of a Segmentation (PS3.3 C.7.6.16, C.7.6.17, C.8.20). */
final class SegmentationFrames {
    private SegmentationFrames() {}

    /** @param layout of frames that all have a place or all have none */
    static void put(Dataset object, SegmentLayout layout) {
        List<JudgedFrame> judged = layout.frames().stream()
                .map(SegmentLayout.SegmentFrame::frame)
                .distinct()
                .toList();
        Map<JudgedFrame, SliceOrder.Position> positions = SliceOrder.positions(judged);
        boolean planes = judged.get(0).place().isPresent();
        boolean times = SliceOrder.isRepeated(positions);
        dimensions(object, planes, times, true);
        List<Dataset> perFrame = new ArrayList<>();
        for (SegmentLayout.SegmentFrame frame : layout.frames()) {
            SliceOrder.Position position = positions.get(frame.frame());
            Dataset content = content(position, times, frame.number());
            perFrame.add(perFrame(frame.frame(), content, "113076", "Segmentation")
                    .putItems(
                            Tag.SegmentIdentificationSequence,
                            List.of(new Dataset().put(Tag.ReferencedSegmentNumber, frame.number()))));
        }
        groups(
                object,
                shared(judged.get(0)),
                perFrame,
                layout.frames().stream().map(SegmentLayout.SegmentFrame::frame).toList());
    }

    /** @param frames that the items of {@code perFrame} are of */
    static void groups(Dataset object, Dataset shared, List<Dataset> perFrame, List<JudgedFrame> frames) {
        if (frames.get(0).spacing().isPresent()) {
            PixelMeasures.put(
                    shared,
                    perFrame,
                    frames.stream().map(SegmentationFrames::measures).toList());
        }
        object.putItems(Tag.SharedFunctionalGroupsSequence, List.of(shared))
                .putItems(Tag.PerFrameFunctionalGroupsSequence, perFrame);
    }

    /** Dimension Index Values: segment where there are segments, place, and time where places repeat. */
    static Dataset content(SliceOrder.Position position, boolean times, int... segment) {
        IntStream.Builder indices = IntStream.builder();
        Arrays.stream(segment).forEach(indices::add);
        indices.add(position.place());
        Dataset content = new Dataset();
        if (times) {
            indices.add(position.time());
            content.put(Tag.TemporalPositionIndex, position.time());
        }
        return content.put(Tag.DimensionIndexValues, indices.build().toArray());
    }

    /**
     * Multi-frame Dimension (PS3.3 C.7.6.17): a place has one index, however many frames lie there. Places and segments are
     * counted within the object, so that no other has its Dimension Organization.
     *
     * @param object with its SOP Instance UID
     */
    static void dimensions(Dataset object, boolean planes, boolean times, boolean segments) {
        String organization = Uids.nameBased(
                "dimension organization",
                object.string(Tag.SOPInstanceUID).orElseThrow(),
                planes ? "position" : "frame",
                times ? "time" : "no time",
                segments ? "segment" : "no segment");
        List<Dataset> indices = new ArrayList<>();
        if (segments) {
            indices.add(index(
                    organization,
                    Tag.ReferencedSegmentNumber,
                    Tag.SegmentIdentificationSequence,
                    "Referenced Segment Number"));
        }
        indices.add(
                planes
                        ? index(
                                organization,
                                Tag.ImagePositionPatient,
                                Tag.PlanePositionSequence,
                                "Image Position (Patient)")
                        : index(organization, Tag.DerivationImageSequence, 0, "Source frame"));
        if (times) {
            indices.add(index(
                    organization, Tag.TemporalPositionIndex, Tag.FrameContentSequence, "Temporal Position Index"));
        }
        object.putItems(
                        Tag.DimensionOrganizationSequence,
                        List.of(new Dataset().put(Tag.DimensionOrganizationUID, organization)))
                .putItems(Tag.DimensionIndexSequence, indices);
    }

    private static Dataset index(String organization, int attribute, int group, String label) {
        Dataset index = new Dataset()
                .putTag(Tag.DimensionIndexPointer, attribute)
                .put(Tag.DimensionOrganizationUID, organization)
                .put(Tag.DimensionDescriptionLabel, label);
        return group == 0 ? index : index.putTag(Tag.FunctionalGroupPointer, group);
    }

    static Dataset shared(JudgedFrame first) {
        Dataset shared = new Dataset();
        first.place()
                .ifPresent(plane -> shared.putItems(
                        Tag.PlaneOrientationSequence,
                        List.of(new Dataset().put(Tag.ImageOrientationPatient, decimals(plane.orientation())))));
        return shared;
    }

    private static Dataset measures(JudgedFrame frame) {
        PixelSpacing spacing = frame.spacing().orElseThrow();
        return new Dataset()
                .put(Tag.SliceThickness, decimals(thickness(frame)))
                .copy(frame.attributes(), Tag.SliceThickness, Tag.SpacingBetweenSlices)
                .put(Tag.PixelSpacing, decimals(spacing.betweenRows(), spacing.betweenColumns()));
    }

    /** In mm, for a source that gives none (Type 1C here): from place to place, else as thick as a pixel is high. */
    private static double thickness(JudgedFrame frame) {
        return frame.attributes()
                .string(Tag.SpacingBetweenSlices)
                .map(Double::parseDouble)
                .orElse(frame.spacing().orElseThrow().betweenRows());
    }

    static Dataset perFrame(JudgedFrame frame, Dataset content, String derivationCode, String meaning) {
        Dataset source = frame.sopReference()
                .put(Tag.SpatialLocationsPreserved, "YES")
                .putItems(
                        Tag.PurposeOfReferenceCodeSequence,
                        List.of(Code.dcm("121322", "Source image for image processing operation")
                                .item()));
        Dataset derivation = new Dataset()
                .putItems(Tag.SourceImageSequence, List.of(source))
                .putItems(
                        Tag.DerivationCodeSequence,
                        List.of(Code.dcm(derivationCode, meaning).item()));
        Dataset groups = new Dataset()
                .putItems(Tag.FrameContentSequence, List.of(content))
                .putItems(Tag.DerivationImageSequence, List.of(derivation));
        frame.place()
                .ifPresent(plane -> groups.putItems(
                        Tag.PlanePositionSequence,
                        List.of(new Dataset().put(Tag.ImagePositionPatient, decimals(plane.position())))));
        return groups;
    }

    static String[] decimals(double... values) {
        return Arrays.stream(values).mapToObj(ValueRules::decimalString).toArray(String[]::new);
    }
}
