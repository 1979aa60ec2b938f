package org.rigatino.restore;

/** Standard planes by the axes that rows and columns run along: 0 Left, 1 Posterior, 2 Head. */
public enum Plane {
    AXIAL(0, 1),
    CORONAL(0, 2),
    SAGITTAL(1, 2);

    private final int first;
    private final int second;

    Plane(int first, int second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Whether rows and columns run along this plane's axes, in either order and direction.
     *
     * @param orientation Image Orientation (Patient), as {@link org.rigatino.image.ImagePlane} has it
     * @param toleranceDegrees largest angle between a row or column and its axis
     */
    boolean contains(double[] orientation, double toleranceDegrees) {
        double limit = Math.cos(Math.toRadians(toleranceDegrees));
        return along(orientation, 0, first, limit) && along(orientation, 3, second, limit)
                || along(orientation, 0, second, limit) && along(orientation, 3, first, limit);
    }

    private static boolean along(double[] orientation, int from, int axis, double limit) {
        return Math.abs(orientation[from + axis]) >= limit;
    }
}
