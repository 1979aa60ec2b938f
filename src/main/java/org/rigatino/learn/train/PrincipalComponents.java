package org.rigatino.learn.train;

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
public record PrincipalComponents(double[] mean, DMatrixRMaj axes, double[] variances) {
    /** Of the largest variance; axes along which rows vary less are rounding errors. */
    private static final double NEGLIGIBLE = 1e-10;

    /** Side of what is decomposed: time grows by the third power. */
    private static final int LARGEST_SAMPLE = 1000;

    /**
     * By the eigenvectors of the covariance, or where rows are longer than they are many of the rows' products with each
     * other. Of more than 1000 rows that are as long, 1000, evenly spaced, are looked at.
     *
     * @param components at most; fewer where the rows do not vary in so many directions
     */
    public static PrincipalComponents of(List<float[]> all, int components) {
        return of(all, components, LARGEST_SAMPLE);
    }

    /** @param largest sample that is looked at, in place of 1000 */
    static PrincipalComponents of(List<float[]> all, int components, int largest) {
        int longest = all.get(0).length;
        boolean many = longest <= Math.min(all.size(), largest);
        int sample = many ? all.size() : Math.min(all.size(), largest);
        List<float[]> rows = IntStream.range(0, sample)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / sample)))
                .toList();
        int length = longest;
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
        return many ? ofCovariance(mean, centred, components) : ofProducts(mean, centred, components);
    }

    private static PrincipalComponents ofProducts(double[] mean, DMatrixRMaj centred, int components) {
        DMatrixRMaj products = new DMatrixRMaj(centred.numRows, centred.numRows);
        CommonOps_DDRM.multOuter(centred, products);
        EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(products);
        int[] kept = kept(eigen, components);
        DMatrixRMaj axes = new DMatrixRMaj(kept.length, centred.numCols);
        for (int axis = 0; axis < kept.length; axis++) {
            double square = eigen.getEigenvalue(kept[axis]).real;
            DMatrixRMaj direction = new DMatrixRMaj(1, centred.numCols);
            CommonOps_DDRM.multTransA(1 / Math.sqrt(square), eigen.getEigenVector(kept[axis]), centred, direction);
            CommonOps_DDRM.insert(direction, axes, axis, 0);
        }
        return new PrincipalComponents(mean, axes, variances(eigen, kept, centred.numRows));
    }

    private static PrincipalComponents ofCovariance(double[] mean, DMatrixRMaj centred, int components) {
        DMatrixRMaj squares = new DMatrixRMaj(centred.numCols, centred.numCols);
        CommonOps_DDRM.multInner(centred, squares);
        EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(squares);
        int[] kept = kept(eigen, components);
        DMatrixRMaj axes = new DMatrixRMaj(kept.length, centred.numCols);
        for (int axis = 0; axis < kept.length; axis++) {
            DMatrixRMaj direction = eigen.getEigenVector(kept[axis]).copy();
            CommonOps_DDRM.transpose(direction);
            CommonOps_DDRM.insert(direction, axes, axis, 0);
        }
        return new PrincipalComponents(mean, axes, variances(eigen, kept, centred.numRows));
    }

    private static EigenDecomposition_F64<DMatrixRMaj> decomposed(DMatrixRMaj symmetric) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(symmetric.numRows, true, true);
        if (MatrixFeatures_DDRM.hasUncountable(symmetric) || !eigen.decompose(symmetric)) {
            throw new IllegalArgumentException("images of values that are no numbers have no principal components");
        }
        return eigen;
    }

    /** Of the eigenvalues that are not rounding errors, the largest first. */
    private static int[] kept(EigenDecomposition_F64<DMatrixRMaj> eigen, int components) {
        int[] order = IntStream.range(0, eigen.getNumberOfEigenvalues())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).real))
                .mapToInt(Integer::intValue)
                .toArray();
        double least = NEGLIGIBLE * eigen.getEigenvalue(order[0]).real;
        return IntStream.of(order)
                .limit(components)
                .filter(i -> eigen.getEigenvalue(i).real > least)
                .toArray();
    }

    private static double[] variances(EigenDecomposition_F64<DMatrixRMaj> eigen, int[] kept, int rows) {
        return IntStream.of(kept)
                .mapToDouble(i -> eigen.getEigenvalue(i).real / rows)
                .toArray();
    }

    /** Coordinates along the axes. */
    public double[] coordinates(float[] row) {
        DMatrixRMaj centred = new DMatrixRMaj(row.length, 1);
        for (int i = 0; i < row.length; i++) {
            centred.set(i, 0, row[i] - mean[i]);
        }
        DMatrixRMaj coordinates = new DMatrixRMaj(axes.numRows, 1);
        CommonOps_DDRM.mult(axes, centred, coordinates);
        return coordinates.data;
    }

    /** Coordinates in standard deviations along each axis. */
    public double[] whitened(float[] row) {
        double[] whitened = coordinates(row);
        for (int axis = 0; axis < whitened.length; axis++) {
            whitened[axis] /= Math.sqrt(variances[axis]);
        }
        return whitened;
    }

    /** The nearest row that the mean and the axes can make up. */
    public float[] project(float[] row) {
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
