package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.image.ImagePlane;

/**
 * Multi-frame Functional Groups of a multi-frame capture (PS3.3 C.7.6.16, table A.8-5b): each frame names its source image;
 * where the captures lie in a frame of reference, so do the frames.
 */
final class MultiFrameCaptureGroups {
    private MultiFrameCaptureGroups() {}

    /**
     * @param first header of one of the single captures
     * @param frames in their order
     */
    static void put(Dataset object, ObjectKind kind, Dataset first, List<JudgedFrame> frames) {
        String spatialLocationsPreserved = kind == ObjectKind.MULTI_FRAME_TRIPTYCH ? "NO" : "YES";
        boolean placed = KeptCapture.isPlaced(first);
        List<Dataset> perFrame = new ArrayList<>();
        Map<JudgedFrame, SliceOrder.Position> positions = SliceOrder.positions(frames);
        boolean times = SliceOrder.isRepeated(positions);
        for (JudgedFrame frame : frames) {
            Dataset content = content(frame, positions.get(frame), times);
            perFrame.add(perFrame(frame, content, placed, spatialLocationsPreserved));
        }
        Dataset shared = new Dataset();
        if (placed) {
            shared.putItems(
                    Tag.PlaneOrientationSequence, List.of(new Dataset().copy(first, Tag.ImageOrientationPatient)));
            PixelMeasures.put(
                    shared,
                    perFrame,
                    frames.stream().map(frame -> measures(first, frame)).toList());
        }
        object.putItems(Tag.SharedFunctionalGroupsSequence, List.of(shared))
                .putItems(Tag.PerFrameFunctionalGroupsSequence, perFrame);
        if (placed) {
            object.copy(first, Tag.FrameOfReferenceUID, Tag.PositionReferenceIndicator);
        } else {
            object.copy(first, Tag.PixelSpacing);
        }
    }

    private static Dataset measures(Dataset first, JudgedFrame frame) {
        return new Dataset()
                .copyValid(first, Tag.PixelSpacing)
                .copy(frame.attributes(), Tag.SliceThickness, Tag.SpacingBetweenSlices);
    }

    /** Frames of one place have one In-Stack Position Number (PS3.3 C.7.6.16.2.2), and their times. */
    private static Dataset content(JudgedFrame frame, SliceOrder.Position position, boolean times) {
        if (frame.place().isEmpty()) {
            String frameNumber =
                    frame.multiFrame() ? " frame " + frame.reference().frameNumber() : "";
            return new Dataset().put(Tag.FrameLabel, "Image " + frame.number() + frameNumber);
        }
        Dataset content =
                new Dataset().put(Tag.StackID, position.stack()).put(Tag.InStackPositionNumber, position.place());
        return times ? content.put(Tag.TemporalPositionIndex, position.time()) : content;
    }

    private static Dataset perFrame(
            JudgedFrame frame, Dataset content, boolean placed, String spatialLocationsPreserved) {
        Dataset source = frame.sopReference()
                .put(Tag.SpatialLocationsPreserved, spatialLocationsPreserved)
                .putItems(
                        Tag.PurposeOfReferenceCodeSequence,
                        List.of(Code.dcm("121322", "Source image for image processing operation")
                                .item()));
        Dataset derivation = new Dataset()
                .putItems(Tag.SourceImageSequence, List.of(source))
                .putItems(
                        Tag.DerivationCodeSequence,
                        List.of(Code.dcm("113062", "Pixel by pixel subtraction").item()));
        Dataset groups = new Dataset()
                .putItems(Tag.FrameContentSequence, List.of(content))
                .putItems(Tag.DerivationImageSequence, List.of(derivation));
        if (placed) {
            ImagePlane plane = frame.place().orElseThrow();
            groups.putItems(
                    Tag.PlanePositionSequence,
                    List.of(new Dataset()
                            .put(Tag.ImagePositionPatient, SegmentationFrames.decimals(plane.position()))));
        }
        return groups;
    }
}
