package org.rigatino.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/**
 * What an image shows over itself, and what it hides: overlays and shutter. A Presentation State has to say both anew, or a viewer
 * shows neither with it (PS3.4 N.2.1, N.2.3).
 */
final class OverImage {
    /** Of overlays. */
    static final String LAYER = "IMAGE";

    /** From one overlay group to the next (PS3.5 7.6). */
    private static final int NEXT_GROUP = 2 << 16;

    private static final int[] ROWS = ofGroups(Tag.OverlayRows);
    private static final int[] ACTIVATION = ofGroups(Tag.OverlayActivationLayer);

    /** Of Display Shutter (PS3.3 C.7.6.11), by shape. */
    private static final Map<String, int[]> SHUTTERS = Map.of(
            "RECTANGULAR",
            new int[] {
                Tag.ShutterLeftVerticalEdge,
                Tag.ShutterRightVerticalEdge,
                Tag.ShutterUpperHorizontalEdge,
                Tag.ShutterLowerHorizontalEdge
            },
            "CIRCULAR",
            new int[] {Tag.CenterOfCircularShutter, Tag.RadiusOfCircularShutter},
            "POLYGONAL",
            new int[] {Tag.VerticesOfThePolygonalShutter});

    private static final int LEAST_VERTICES = 3;

    private OverImage() {}

    private static int[] ofGroups(int tag) {
        return IntStream.range(0, 16).map(group -> tag + group * NEXT_GROUP).toArray();
    }

    /** As a Presentation State says it: a layer for each overlay, and the shutter where it is whole. */
    static Dataset of(Dataset header) {
        Dataset said = new Dataset();
        for (int group = 0; group < ROWS.length; group++) {
            if (header.contains(ROWS[group])) {
                said.put(ACTIVATION[group], LAYER);
            }
        }
        shutter(header, said);
        return said;
    }

    private static void shutter(Dataset header, Dataset said) {
        List<String> shapes = new Dataset().copyValid(header, Tag.ShutterShape).strings(Tag.ShutterShape);
        int[] outline = shapes.stream()
                .flatMapToInt(shape -> Arrays.stream(SHUTTERS.get(shape)))
                .toArray();
        Dataset valid = new Dataset().copyValid(header, outline);
        int coordinates = valid.strings(Tag.VerticesOfThePolygonalShutter).size();
        boolean polygon = coordinates == 0 || coordinates % 2 == 0 && coordinates / 2 >= LEAST_VERTICES;
        if (!shapes.isEmpty() && polygon && Arrays.stream(outline).allMatch(valid::contains)) {
            // Type 1C in a Presentation State (PS3.3 C.11.12): black where the image does not say.
            said.put(Tag.ShutterPresentationValue, 0)
                    .copyValid(
                            header,
                            Tag.ShutterShape,
                            Tag.ShutterPresentationValue,
                            Tag.ShutterPresentationColorCIELabValue)
                    .copy(valid, outline);
        }
    }

    static boolean hasOverlay(Dataset said) {
        return Arrays.stream(ACTIVATION).anyMatch(said::contains);
    }

    /** @param said with all of {@link #of} */
    static void copy(Dataset said, Dataset object) {
        object.copy(said, tags());
    }

    /** What frames of one Presentation State have in common. */
    static String text(Dataset said) {
        List<List<String>> values = new ArrayList<>();
        for (int tag : tags()) {
            values.add(said.strings(tag));
        }
        return values.toString();
    }

    private static int[] tags() {
        return IntStream.concat(
                        Arrays.stream(ACTIVATION),
                        IntStream.of(
                                Tag.ShutterShape,
                                Tag.ShutterLeftVerticalEdge,
                                Tag.ShutterRightVerticalEdge,
                                Tag.ShutterUpperHorizontalEdge,
                                Tag.ShutterLowerHorizontalEdge,
                                Tag.CenterOfCircularShutter,
                                Tag.RadiusOfCircularShutter,
                                Tag.VerticesOfThePolygonalShutter,
                                Tag.ShutterPresentationValue,
                                Tag.ShutterPresentationColorCIELabValue))
                .toArray();
    }
}
