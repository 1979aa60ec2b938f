package org.rigatino.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.dicom.ValueRules;
import org.rigatino.image.ImagePlane;

/** Multi-frame Functional Groups and Dimension of a Segmentation (PS3.3 C.7.6.16, C.7.6.17, C.8.20). */
final class SegmentationFrames {
    private SegmentationFrames() {}

    /** @param frames in their order, all with a place or all without */
    static void put(Dataset object, List<JudgedFrame> frames) {
        boolean planes = frames.get(0).place().isPresent();
        dimensions(object, planes);
        object.putItems(Tag.SharedFunctionalGroupsSequence, List.of(shared(frames.get(0))));
        List<Dataset> perFrame = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            perFrame.add(perFrame(frames.get(i), i + 1, planes));
        }
        object.putItems(Tag.PerFrameFunctionalGroupsSequence, perFrame);
    }

    private static void dimensions(Dataset object, boolean planes) {
        String organization = Uids.nameBased("dimension organization", planes ? "position" : "frame");
        List<Dataset> indices = new ArrayList<>();
        indices.add(index(
                organization,
                Tag.ReferencedSegmentNumber,
                Tag.SegmentIdentificationSequence,
                "Referenced Segment Number"));
        indices.add(
                planes
                        ? index(
                                organization,
                                Tag.ImagePositionPatient,
                                Tag.PlanePositionSequence,
                                "Image Position (Patient)")
                        : index(organization, Tag.DerivationImageSequence, 0, "Source frame"));
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

    private static Dataset shared(JudgedFrame first) {
        Dataset shared = new Dataset()
                .putItems(
                        Tag.SegmentIdentificationSequence, List.of(new Dataset().put(Tag.ReferencedSegmentNumber, 1)));
        first.place()
                .ifPresent(plane -> shared.putItems(
                        Tag.PlaneOrientationSequence,
                        List.of(new Dataset().put(Tag.ImageOrientationPatient, decimals(plane.orientation())))));
        first.spacing()
                .ifPresent(spacing -> shared.putItems(
                        Tag.PixelMeasuresSequence,
                        List.of(new Dataset()
                                .put(Tag.SliceThickness, decimals(thickness(first)))
                                .copy(first.attributes(), Tag.SliceThickness, Tag.SpacingBetweenSlices)
                                .put(Tag.PixelSpacing, decimals(spacing.betweenRows(), spacing.betweenColumns())))));
        return shared;
    }

    /** In mm, for a source that gives none (Type 1C here): from place to place, else as thick as a pixel is high. */
    private static double thickness(JudgedFrame frame) {
        return frame.attributes()
                .string(Tag.SpacingBetweenSlices)
                .map(Double::parseDouble)
                .orElse(frame.spacing().orElseThrow().betweenRows());
    }

    private static Dataset perFrame(JudgedFrame frame, int place, boolean planes) {
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
                        List.of(Code.dcm("113076", "Segmentation").item()));
        Dataset groups = new Dataset()
                .putItems(Tag.FrameContentSequence, List.of(new Dataset().put(Tag.DimensionIndexValues, 1, place)))
                .putItems(Tag.DerivationImageSequence, List.of(derivation));
        if (planes) {
            ImagePlane plane = frame.place().orElseThrow();
            groups.putItems(
                    Tag.PlanePositionSequence,
                    List.of(new Dataset().put(Tag.ImagePositionPatient, decimals(plane.position()))));
        }
        return groups;
    }

    static String[] decimals(double... values) {
        return Arrays.stream(values).mapToObj(ValueRules::decimalString).toArray(String[]::new);
    }
}
