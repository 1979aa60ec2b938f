package org.rigatino.proof.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A single-file NIfTI-1 volume (nifti1.h, "n+1"), sampled by position in the patient. NIfTI's world is RAS, in mm; the
 * positions asked for are DICOM's LPS (PS3.3 C.7.6.2.1.1), so that left and right are settled here. Immutable.
 */
final class NiftiVolume {
    private static final int HEADER_SIZE = 348;

    private final int nx;
    private final int ny;
    private final int nz;
    private final float[] values;
    private final double[][] voxelFromWorld;

    private NiftiVolume(int nx, int ny, int nz, float[] values, double[][] voxelFromWorld) {
        this.nx = nx;
        this.ny = ny;
        this.nz = nz;
        this.values = values;
        this.voxelFromWorld = voxelFromWorld;
    }

    /** @throws IOException where the file is no NIfTI-1 volume, is truncated, or does not say how it lies in space */
    static NiftiVolume read(Path file) throws IOException {
        try (InputStream in = open(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            return parse(bytes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | IOException e) {
            throw new IOException("cannot read " + file + " as a NIfTI-1 volume: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static NiftiVolume parse(ByteBuffer bytes) {
        require(bytes.capacity() > HEADER_SIZE, "it ends within the header");
        if (bytes.getInt(0) != HEADER_SIZE) {
            bytes.order(ByteOrder.BIG_ENDIAN);
        }
        require(bytes.getInt(0) == HEADER_SIZE, "it does not begin with the header's size");
        require(bytes.get(344) == 'n' && bytes.get(345) == '+' && bytes.get(346) == '1', "its magic is not n+1");
        int nx = bytes.getShort(42);
        int ny = bytes.getShort(44);
        int nz = bytes.getShort(46);
        require(bytes.getShort(40) >= 3 && nx > 0 && ny > 0 && nz > 0, "it has no three dimensions");
        double[][] worldFromVoxel = worldFromVoxel(bytes);
        return new NiftiVolume(nx, ny, nz, values(bytes, nx * ny * nz), inverse(worldFromVoxel));
    }

    private static float[] values(ByteBuffer bytes, int count) {
        int offset = (int) bytes.getFloat(108);
        int type = bytes.getShort(70);
        float slope = bytes.getFloat(112) == 0 ? 1 : bytes.getFloat(112);
        float intercept = bytes.getFloat(112) == 0 ? 0 : bytes.getFloat(116);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float stored =
                    switch (type) {
                        case 2 -> bytes.get(offset + i) & 0xFF;
                        case 4 -> bytes.getShort(offset + 2 * i);
                        case 16 -> bytes.getFloat(offset + 4 * i);
                        case 512 -> bytes.getShort(offset + 2 * i) & 0xFFFF;
                        default -> throw new IllegalArgumentException("its datatype " + type + " is not read here");
                    };
            values[i] = slope * stored + intercept;
        }
        return values;
    }

    /** Three rows of four: RAS in mm from voxel indices. sform where there is one, as nifti1.h prefers, else qform. */
    private static double[][] worldFromVoxel(ByteBuffer bytes) {
        if (bytes.getShort(254) > 0) {
            double[][] rows = new double[3][4];
            for (int i = 0; i < 12; i++) {
                rows[i / 4][i % 4] = bytes.getFloat(280 + 4 * i);
            }
            return rows;
        }
        require(bytes.getShort(252) > 0, "it has neither sform nor qform, so left and right are unknown");
        return quaternionForm(bytes);
    }

    /** nifti1.h, METHOD 2. */
    private static double[][] quaternionForm(ByteBuffer bytes) {
        double b = bytes.getFloat(256);
        double c = bytes.getFloat(260);
        double d = bytes.getFloat(264);
        double a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
        double[][] rotation = {
            {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
            {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)},
            {2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c}
        };
        double handedness = bytes.getFloat(76) < 0 ? -1 : 1;
        double[] size = {bytes.getFloat(80), bytes.getFloat(84), bytes.getFloat(88) * handedness};
        double[][] rows = new double[3][4];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                rows[row][column] = rotation[row][column] * size[column];
            }
            rows[row][3] = bytes.getFloat(268 + 4 * row);
        }
        return rows;
    }

    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[3][4];
        double determinant = 0;
        for (int i = 0; i < 3; i++) {
            determinant += m[0][i] * cofactor(m, 0, i);
        }
        require(Math.abs(determinant) > 1e-9, "its orientation is singular");
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                inverse[row][column] = cofactor(m, column, row) / determinant;
                inverse[row][3] -= inverse[row][column] * m[column][3];
            }
        }
        return inverse;
    }

    private static double cofactor(double[][] m, int row, int column) {
        int r1 = (row + 1) % 3;
        int r2 = (row + 2) % 3;
        int c1 = (column + 1) % 3;
        int c2 = (column + 2) % 3;
        return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
    }

    /** Trilinear value at a point of the patient, LPS in mm; 0 outside the volume. */
    double at(double left, double posterior, double superior) {
        double i = voxel(0, left, posterior, superior);
        double j = voxel(1, left, posterior, superior);
        double k = voxel(2, left, posterior, superior);
        int x = (int) Math.floor(i);
        int y = (int) Math.floor(j);
        int z = (int) Math.floor(k);
        if (x < -1 || y < -1 || z < -1 || x >= nx || y >= ny || z >= nz) {
            return 0;
        }
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            int dx = corner & 1;
            int dy = corner >> 1 & 1;
            int dz = corner >> 2;
            double weight = near(i - x, dx) * near(j - y, dy) * near(k - z, dz);
            sum += weight == 0 ? 0 : weight * stored(x + dx, y + dy, z + dz);
        }
        return sum;
    }

    private double voxel(int axis, double left, double posterior, double superior) {
        double[] row = voxelFromWorld[axis];
        return row[0] * -left + row[1] * -posterior + row[2] * superior + row[3];
    }

    private static double near(double fraction, int step) {
        return step == 1 ? fraction : 1 - fraction;
    }

    private double stored(int x, int y, int z) {
        boolean inside = x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz;
        return inside ? values[x + nx * (y + ny * z)] : 0;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
