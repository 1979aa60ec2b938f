package org.rigatino.learn.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions in which rows of numbers vary most.
 *
 * @param mean of the rows
 * @param axes components x length, orthonormal, the largest variance first
 * @param variances of the rows along each axis, over their number
 */
record PrincipalComponents(double[] mean, DMatrixRMaj axes, double[] variances) {
    /** Of the largest variance; axes along which rows vary less are rounding errors. */
    private static final double NEGLIGIBLE = 1e-10;

    /** Rows that the axes are found from: time grows by the third power. */
    private static final int LARGEST_SAMPLE = 1000;

    /**
     * By the eigenvectors of the rows' products with each other, so rows may be longer than they are many. Of more than
     * 1000 rows as many, evenly spaced, are looked at.
     *
     * @param components at most; fewer where the rows do not vary in so many directions
     */
    static PrincipalComponents of(List<float[]> all, int components) {
        int sample = Math.min(all.size(), LARGEST_SAMPLE);
        List<float[]> rows = IntStream.range(0, sample)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / sample)))
                .toList();
        int length = rows.get(0).length;
        double[] mean = new double[length];
        for (float[] row : rows) {
            for (int i = 0; i < length; i++) {
                mean[i] += (double) row[i] / rows.size();
            }
        }
        DMatrixRMaj centred = new DMatrixRMaj(rows.size(), length);
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < length; i++) {
                centred.set(row, i, rows.get(row)[i] - mean[i]);
            }
        }
        return of(mean, centred, components);
    }

    private static PrincipalComponents of(double[] mean, DMatrixRMaj centred, int components) {
        int rows = centred.numRows;
        DMatrixRMaj products = new DMatrixRMaj(rows, rows);
        CommonOps_DDRM.multOuter(centred, products);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(rows, true, true);
        if (MatrixFeatures_DDRM.hasUncountable(products) || !eigen.decompose(products)) {
            throw new IllegalArgumentException("images of values that are no numbers have no principal components");
        }
        int[] order = IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).real))
                .mapToInt(Integer::intValue)
                .toArray();
        double least = NEGLIGIBLE * eigen.getEigenvalue(order[0]).real;
        int kept = (int) IntStream.of(order)
                .limit(components)
                .filter(i -> eigen.getEigenvalue(i).real > least)
                .count();
        DMatrixRMaj axes = new DMatrixRMaj(kept, centred.numCols);
        double[] variances = new double[kept];
        for (int axis = 0; axis < kept; axis++) {
            double square = eigen.getEigenvalue(order[axis]).real;
            DMatrixRMaj direction = new DMatrixRMaj(1, centred.numCols);
            CommonOps_DDRM.multTransA(1 / Math.sqrt(square), eigen.getEigenVector(order[axis]), centred, direction);
            CommonOps_DDRM.insert(direction, axes, axis, 0);
            variances[axis] = square / rows;
        }
        return new PrincipalComponents(mean, axes, variances);
    }

    /** Coordinates along the axes. */
    double[] coordinates(float[] row) {
        DMatrixRMaj centred = new DMatrixRMaj(row.length, 1);
        for (int i = 0; i < row.length; i++) {
            centred.set(i, 0, row[i] - mean[i]);
        }
        DMatrixRMaj coordinates = new DMatrixRMaj(axes.numRows, 1);
        CommonOps_DDRM.mult(axes, centred, coordinates);
        return coordinates.data;
    }

    /** Coordinates in standard deviations along each axis. */
    double[] whitened(float[] row) {
        double[] whitened = coordinates(row);
        for (int axis = 0; axis < whitened.length; axis++) {
            whitened[axis] /= Math.sqrt(variances[axis]);
        }
        return whitened;
    }

    /** The nearest row that the mean and the axes can make up. */
    float[] project(float[] row) {
        DMatrixRMaj coordinates = DMatrixRMaj.wrap(axes.numRows, 1, coordinates(row));
        DMatrixRMaj made = new DMatrixRMaj(row.length, 1);
        CommonOps_DDRM.multTransA(axes, coordinates, made);
        float[] projected = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            projected[i] = (float) (mean[i] + made.get(i, 0));
        }
        return projected;
    }
}
