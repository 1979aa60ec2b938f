package org.rigatino.learn.metric;

/**
 * Pixels counted by the value that a map gives them, in bins of ascending value; what share a bin cannot be told apart.
 * Counts of images add up.
 *
 * @param normal pixels in each bin
 * @param abnormal pixels in each bin
 * @param overlap in each bin, each abnormal pixel counted as its share of its connected region
 * @param regions connected abnormal regions
 */
record PixelCounts(double[] normal, double[] abnormal, double[] overlap, double regions) {
    PixelCounts(int bins) {
        this(new double[bins], new double[bins], new double[bins], 0);
    }

    int bins() {
        return normal.length;
    }

    /** This with another counted {@code times} over. */
    PixelCounts plus(PixelCounts other, int times) {
        for (int i = 0; i < normal.length; i++) {
            normal[i] += times * other.normal[i];
            abnormal[i] += times * other.abnormal[i];
            overlap[i] += times * other.overlap[i];
        }
        return new PixelCounts(normal, abnormal, overlap, regions + times * other.regions);
    }

    private static double sum(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Probability that an abnormal pixel lies above a normal one; ties count half. NaN where one kind is absent. */
    double auroc() {
        double below = 0;
        double pairs = 0;
        for (int i = 0; i < normal.length; i++) {
            pairs += abnormal[i] * (below + normal[i] / 2);
            below += normal[i];
        }
        return pairs / below / sum(abnormal);
    }

    /** Mean precision over the recall gained at each bin from the highest down. NaN where one kind is absent. */
    double averagePrecision() {
        double found = 0;
        double above = 0;
        double precision = 0;
        for (int i = normal.length - 1; i >= 0; i--) {
            found += abnormal[i];
            above += abnormal[i] + normal[i];
            precision += above == 0 ? 0 : abnormal[i] * found / above;
        }
        return above == found ? Double.NaN : precision / found;
    }

    /**
     * Area under the per-region overlap curve (Bergmann et al., CVPR 2020, 3.2): at each threshold the mean share of
     * every region that lies above it, against the share of normal pixels that do, up to {@code limit}, divided by it.
     * NaN where there is no region or no normal pixel.
     */
    double regionOverlap(double limit) {
        double normals = sum(normal);
        double share = 0;
        double covered = 0;
        double area = 0;
        for (int i = normal.length - 1; i >= 0 && share < limit; i--) {
            double step = normal[i] / normals;
            double gain = overlap[i] / regions;
            double within = step == 0 ? 1 : Math.min(1, (limit - share) / step);
            area += within * step * (covered + within * gain / 2);
            share += step;
            covered += gain;
        }
        return regions == 0 || normals == 0 ? Double.NaN : area / limit;
    }
}
