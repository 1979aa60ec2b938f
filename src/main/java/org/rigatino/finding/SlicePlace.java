package org.rigatino.finding;

import java.util.Optional;
import org.rigatino.image.Frame;
import org.rigatino.image.ImagePlane;

/**
 * Where a slice lies among those of its stack.
 *
 * @param x of the plane's unit normal, patient coordinates LPS; all three are 0 where slices are numbered, not measured
 * @param y of the normal
 * @param z of the normal
 * @param position along the normal in mm, or the slice's number
 */
public record SlicePlace(double x, double y, double z, double position) {
    /** Of normals of one stack, what their product may lack to 1: an angle of 0.8 degrees. */
    private static final double SAME_DIRECTION = 1e-4;

    /**
     * Empty for a projection, of which no other is a neighbour. Frames of an instance that says how they lie and not where
     * are numbered.
     */
    public static Optional<SlicePlace> of(Frame frame) {
        return of(frame.plane(), frame.reference().frameNumber());
    }

    /** The same of a frame that is not decoded yet. @param frameNumber 1-based */
    public static Optional<SlicePlace> of(Optional<ImagePlane> plane, int frameNumber) {
        return plane.map(lies -> lies.isPlaced() ? along(lies) : numbered(frameNumber));
    }

    public static SlicePlace numbered(int number) {
        return new SlicePlace(0, 0, 0, number);
    }

    /** Of a plane with a place. */
    static SlicePlace along(ImagePlane plane) {
        double[] o = plane.orientation();
        double[] p = plane.position();
        double x = o[1] * o[5] - o[2] * o[4];
        double y = o[2] * o[3] - o[0] * o[5];
        double z = o[0] * o[4] - o[1] * o[3];
        return new SlicePlace(x, y, z, x * p[0] + y * p[1] + z * p[2]);
    }

    /** Whether the position is in mm. */
    public boolean isMeasured() {
        return x != 0 || y != 0 || z != 0;
    }

    boolean isParallel(SlicePlace other) {
        return isMeasured() == other.isMeasured()
                && (!isMeasured() || x * other.x + y * other.y + z * other.z >= 1 - SAME_DIRECTION);
    }
}
