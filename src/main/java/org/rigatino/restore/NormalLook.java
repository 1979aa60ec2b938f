package org.rigatino.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What normal images look like in the rough, and how far from that an image is: Mahalanobis' distance where normal images
 * vary along few axes and alike in all other directions (probabilistic principal components, Tipping and Bishop, <i>Journal
 * of the Royal Statistical Society B</i> 61, 1999). Immutable.
 *
 * @param mean of the normal images' {@link #coarse(float[], int, int) coarse} values, cells*cells
 * @param axes components times cells*cells, orthonormal
 * @param deviations standard deviation along each axis, above 0
 * @param remainder standard deviation in each other direction, above 0
 */
public record NormalLook(float[] mean, float[][] axes, float[] deviations, float remainder) {
    /** A side. */
    public static final int CELLS = 16;

    /** Of a grid's cells, each side; of all, where the grid has fewer. */
    public static int cells(int size) {
        return Math.min(CELLS, size);
    }

    /**
     * Averages of blocks, less their mean and over their deviation: gain and offset of an image say nothing here.
     *
     * @param values size*size, row-major
     * @return cells*cells
     */
    public static float[] coarse(float[] values, int size, int cells) {
        float[] coarse = new float[cells * cells];
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = average(values, size, cells, i / cells, i % cells);
        }
        double mean = 0;
        double square = 0;
        for (float value : coarse) {
            mean += (double) value / coarse.length;
            square += (double) value * value / coarse.length;
        }
        double deviation = Math.sqrt(Math.max(square - mean * mean, Float.MIN_NORMAL));
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = (float) ((coarse[i] - mean) / deviation);
        }
        return coarse;
    }

    private static float average(float[] values, int size, int cells, int row, int column) {
        int top = row * size / cells;
        int bottom = (row + 1) * size / cells;
        int left = column * size / cells;
        int right = (column + 1) * size / cells;
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += values[y * size + x];
            }
        }
        return (float) (sum / ((bottom - top) * (right - left)));
    }

    /** @param coarse cells*cells; the root of the mean square over all directions: about 1 for a normal image */
    public double distance(float[] coarse) {
        double rest = 0;
        for (int i = 0; i < mean.length; i++) {
            rest += (double) (coarse[i] - mean[i]) * (coarse[i] - mean[i]);
        }
        double sum = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            double along = 0;
            for (int i = 0; i < mean.length; i++) {
                along += (double) axes[axis][i] * (coarse[i] - mean[i]);
            }
            rest -= along * along;
            sum += along * along / ((double) deviations[axis] * deviations[axis]);
        }
        return Math.sqrt((sum + Math.max(rest, 0) / ((double) remainder * remainder)) / mean.length);
    }

    /** Little-endian float32: the mean, the axes one after another, the deviations, the remainder. */
    void write(Path path) throws IOException {
        int floats = mean.length * (1 + axes.length) + axes.length + 1;
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * floats).order(ByteOrder.LITTLE_ENDIAN);
        put(buffer, mean);
        for (float[] axis : axes) {
            put(buffer, axis);
        }
        put(buffer, deviations);
        buffer.putFloat(remainder);
        Files.write(path, buffer.array());
    }

    private static void put(ByteBuffer buffer, float[] values) {
        for (float value : values) {
            buffer.putFloat(value);
        }
    }

    /**
     * That of a release; null where it has none, and speaks of none.
     *
     * @param likeness null where the release speaks of none
     * @throws IOException where the release has one of the two alone, the file has another length, or a number in it can be none
     */
    static NormalLook of(Path directory, Likeness likeness) throws IOException {
        Path path = directory.resolve(ModelRelease.LIKENESS_FILE);
        if ((likeness == null) == Files.exists(path)) {
            throw new IOException("model release " + directory + " has "
                    + (likeness == null
                            ? path.getFileName() + " but no likeness"
                            : "a likeness but no " + path.getFileName()));
        }
        return likeness == null ? null : read(path, likeness);
    }

    private static NormalLook read(Path path, Likeness likeness) throws IOException {
        int cells = likeness.cells() * likeness.cells();
        int axes = likeness.components();
        long bytes = Float.BYTES * ((long) cells * (1 + axes) + axes + 1);
        if (Files.size(path) != bytes) {
            throw new IOException(path + " has " + Files.size(path) + " bytes: " + axes + " components of "
                    + likeness.cells() + "x" + likeness.cells() + " cells need " + bytes);
        }
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        float[] mean = get(buffer, cells);
        float[][] read = new float[axes][];
        for (int axis = 0; axis < axes; axis++) {
            read[axis] = get(buffer, cells);
        }
        NormalLook look = new NormalLook(mean, read, get(buffer, axes), buffer.getFloat());
        if (!Double.isFinite(look.distance(mean)) || !Double.isFinite(look.distance(new float[cells]))) {
            throw new IOException(path + " holds numbers that no distance comes of");
        }
        return look;
    }

    private static float[] get(ByteBuffer buffer, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = buffer.getFloat();
        }
        return values;
    }
}
