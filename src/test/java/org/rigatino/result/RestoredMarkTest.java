package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoredMarkTest {
    private static final int THUMBNAIL = 128;
    private static final short BOX = 1;
    private static final short TEXT = 255;

    private static short[] burnt(int rows, int columns) {
        short[] samples = new short[rows * columns];
        RestoredMark.of(rows, columns).burn(samples, BOX, TEXT);
        return samples;
    }

    /** Mean of the letters, 0 to 1, below each pixel of a thumbnail. */
    private static double[][] thumbnail(int rows, int columns) {
        short[] samples = burnt(rows, columns);
        int longer = Math.max(rows, columns);
        double[][] sum = new double[THUMBNAIL][THUMBNAIL];
        int[][] count = new int[THUMBNAIL][THUMBNAIL];
        for (int i = 0; i < samples.length; i++) {
            int row = i / columns * THUMBNAIL / longer;
            int column = i % columns * THUMBNAIL / longer;
            sum[row][column] += samples[i] == TEXT ? 1 : 0;
            count[row][column]++;
        }
        for (int i = 0; i < THUMBNAIL * THUMBNAIL; i++) {
            sum[i / THUMBNAIL][i % THUMBNAIL] /= Math.max(1, count[i / THUMBNAIL][i % THUMBNAIL]);
        }
        return sum;
    }

    /** Of a thumbnail's pixels many are letter and many are not, and few are in between. */
    @ParameterizedTest
    @CsvSource({"128,128", "256,256", "224,224", "320,320", "512,512", "512,384", "1024,1200", "3000,2500", "400,300"})
    void isLegibleInAThumbnail(int rows, int columns) {
        double[][] small = thumbnail(rows, columns);
        int letter = 0;
        int sharp = 0;
        for (int i = 0; i < THUMBNAIL * THUMBNAIL; i++) {
            double share = small[i / THUMBNAIL][i % THUMBNAIL];
            letter += share > 0 ? 1 : 0;
            sharp += share > 0.5 ? 1 : 0;
        }

        assertThat(letter).isBetween(300, 1200);
        assertThat(sharp).as("of %d", letter).isGreaterThan(letter / 3);
    }

    /** Corners are where viewers write; the middle is what people look at. */
    @ParameterizedTest
    @CsvSource({"64,64", "100,300", "300,100", "256,256", "512,512", "1024,1200", "2048,600"})
    void leavesTheMiddleToThePicture(int rows, int columns) {
        short[] samples = burnt(rows, columns);
        int covered = 0;
        for (int i = 0; i < samples.length; i++) {
            boolean middle = Math.abs(i / columns - rows / 2) < rows / 8;
            assertThat(middle && samples[i] != 0).isFalse();
            covered += samples[i] != 0 ? 1 : 0;
        }
        assertThat(samples[0]).isZero();
        assertThat(covered).isLessThan(samples.length / 2);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,300", "16,16", "40,64"})
    void marksTheSmallestToo(int rows, int columns) {
        assertThat(burnt(rows, columns)).contains(BOX);
    }
}
