package org.rigatino.learn.evaluate;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Two classes told apart by a weighted sum, fitted by Newton's method to the least of the summed logistic losses plus half
 * the squared weights; the intercept is free.
 *
 * @param weights of the features, the intercept last
 */
record LogisticRegression(double[] weights) {
    private static final int STEPS = 100;
    private static final double SMALL = 1e-8;

    /** @param positive of the same length as {@code features} */
    static LogisticRegression fit(List<double[]> features, boolean[] positive) {
        int size = features.get(0).length + 1;
        double[] weights = new double[size];
        for (int step = 0; step < STEPS; step++) {
            DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
            DMatrixRMaj curvature = new DMatrixRMaj(size, size);
            for (int i = 0; i < size - 1; i++) {
                gradient.set(i, 0, weights[i]);
                curvature.set(i, i, 1);
            }
            for (int row = 0; row < positive.length; row++) {
                add(features.get(row), positive[row], weights, gradient, curvature);
            }
            DMatrixRMaj change = new DMatrixRMaj(size, 1);
            if (!CommonOps_DDRM.solve(curvature, gradient, change)) {
                throw new IllegalArgumentException("logistic regression needs images of both kinds");
            }
            double largest = 0;
            for (int i = 0; i < size; i++) {
                weights[i] -= change.get(i, 0);
                largest = Math.max(largest, Math.abs(change.get(i, 0)));
            }
            if (largest < SMALL) {
                return new LogisticRegression(weights);
            }
        }
        throw new IllegalStateException("logistic regression has not settled after " + STEPS + " steps");
    }

    private static void add(
            double[] features, boolean positive, double[] weights, DMatrixRMaj gradient, DMatrixRMaj curvature) {
        double probability = 1 / (1 + Math.exp(-score(weights, features)));
        double slope = probability * (1 - probability);
        for (int i = 0; i < weights.length; i++) {
            double one = i < features.length ? features[i] : 1;
            gradient.add(i, 0, (probability - (positive ? 1 : 0)) * one);
            for (int j = 0; j < weights.length; j++) {
                curvature.add(i, j, slope * one * (j < features.length ? features[j] : 1));
            }
        }
    }

    /** Logarithm of the odds of the positive class. */
    double score(double[] features) {
        return score(weights, features);
    }

    private static double score(double[] weights, double[] features) {
        double sum = weights[weights.length - 1];
        for (int i = 0; i < features.length; i++) {
            sum += weights[i] * features[i];
        }
        return sum;
    }
}
