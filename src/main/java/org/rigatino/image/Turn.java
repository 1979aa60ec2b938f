package org.rigatino.image;

import java.util.Optional;

/**
 * The flips and the exchange of axes that bring a frame to the direction in which models see it: axial with columns
 * towards the patient's Left and rows towards Posterior, coronal Left and Feet, sagittal Posterior and Feet (patient
 * coordinates, PS3.3 C.7.6.2.1.1). An oblique plane counts as the nearest of the three.
 *
 * @param rows of the frame
 * @param columns of the frame
 */
record Turn(int rows, int columns, boolean transposed, boolean flipRows, boolean flipColumns) {
    static Turn of(Frame frame) {
        Optional<ImagePlane> plane = frame.plane();
        if (plane.isEmpty()) {
            return new Turn(frame.rows(), frame.columns(), false, false, false);
        }
        double[] orientation = plane.get().orientation();
        int alongRow = dominant(orientation, 0);
        int alongColumn = dominant(orientation, 3);
        return new Turn(
                frame.rows(),
                frame.columns(),
                alongRow > alongColumn,
                orientation[3 + alongColumn] * direction(alongColumn) < 0,
                orientation[alongRow] * direction(alongRow) < 0);
    }

    private static int dominant(double[] orientation, int from) {
        int best = 0;
        for (int axis = 1; axis < 3; axis++) {
            best = Math.abs(orientation[from + axis]) > Math.abs(orientation[from + best]) ? axis : best;
        }
        return best;
    }

    /** Patient axes point Left, Posterior, Head; a model looks along Left, Posterior, Feet. */
    private static int direction(int axis) {
        return axis == 2 ? -1 : 1;
    }

    int turnedRows() {
        return transposed ? columns : rows;
    }

    int turnedColumns() {
        return transposed ? rows : columns;
    }

    /** Index in the frame of a pixel of the turned frame. */
    int source(int turnedRow, int turnedColumn) {
        int row = transposed ? turnedColumn : turnedRow;
        int column = transposed ? turnedRow : turnedColumn;
        return (flipRows ? rows - 1 - row : row) * columns + (flipColumns ? columns - 1 - column : column);
    }

    float[] turn(float[] values) {
        float[] turned = new float[values.length];
        for (int row = 0, at = 0; row < turnedRows(); row++) {
            for (int column = 0; column < turnedColumns(); column++) {
                turned[at++] = values[source(row, column)];
            }
        }
        return turned;
    }

    byte[] turn(byte[] values) {
        byte[] turned = new byte[values.length];
        for (int row = 0, at = 0; row < turnedRows(); row++) {
            for (int column = 0; column < turnedColumns(); column++) {
                turned[at++] = values[source(row, column)];
            }
        }
        return turned;
    }
}
