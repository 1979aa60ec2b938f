package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelGridTest {
    private static final int SIDE = 48;
    /** In a frame whose columns run to the Left and rows to Posterior: left of the midline, anterior. */
    private static final int LESION_ROW = 17;

    private static final int LESION_COLUMN = 31;

    /** An ellipse on air with a brighter spot at (row, column) of patient coordinates. */
    private static float anatomy(int row, int column) {
        double y = (row - 25) / 17.0;
        double x = (column - 22) / 12.0;
        float head = y * y + x * x < 1 ? 100 + row : 0;
        return row == LESION_ROW && column == LESION_COLUMN ? 400 : head;
    }

    private static Frame frame(int rows, int columns, float[] values, Optional<ImagePlane> plane) {
        FrameReference reference = new FrameReference("1", "2", "3", "4", 1);
        return new Frame(reference, rows, columns, values, new byte[values.length], plane, Optional.empty());
    }

    private static float[] stored(int[] alongRow, int[] alongColumn) {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = anatomy(
                    coordinate(i / SIDE, i % SIDE, alongRow[1], alongColumn[1]),
                    coordinate(i / SIDE, i % SIDE, alongRow[0], alongColumn[0]));
        }
        return values;
    }

    /** Along one patient axis, of the stored pixel (row, column). */
    private static int coordinate(int row, int column, int perColumn, int perRow) {
        int signed = perColumn * column + perRow * row;
        return perColumn + perRow < 0 ? SIDE - 1 + signed : signed;
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,0,1",
        "-1,0,0,1",
        "1,0,0,-1",
        "-1,0,0,-1",
        "0,1,1,0",
        "0,-1,1,0",
        "0,1,-1,0",
        "0,-1,-1,0",
    })
    void everyWayToStoreAnAxialSliceLooksTheSameAndComesBackToItsPixels(int rx, int ry, int cx, int cy) {
        float[] values = stored(new int[] {rx, ry}, new int[] {cx, cy});
        double[] orientation = {rx, ry, 0, cx, cy, 0};
        Frame frame = frame(SIDE, SIDE, values, Optional.of(new ImagePlane(orientation, new double[] {0, 0, 0}, "5")));
        Frame standard = frame(SIDE, SIDE, stored(new int[] {1, 0}, new int[] {0, 1}), Optional.empty());

        ModelGrid grid = ModelGrid.of(frame, Framing.HEAD, 64);
        float[] seen = grid.toGrid(values);

        assertThat(seen).isEqualTo(ModelGrid.of(standard, Framing.HEAD, 64).toGrid(standard.values()));
        int brightest = brightest(seen);
        assertThat(brightest % 64).as("columns run to the patient's Left").isGreaterThan(40);
        assertThat(brightest / 64).as("rows run to Posterior").isLessThan(24);
        int back = brightest(grid.toSource(seen));
        assertThat(back).isEqualTo(brightest(values));
    }

    @Test
    void coronalAndSagittalFramesRunToTheFeet() {
        double[] coronal = {1, 0, 0, 0, 0, 1};
        double[] sagittal = {0, 1, 0, 0, 0, 1};
        for (double[] towardsHead : new double[][] {coronal, sagittal}) {
            Frame frame =
                    frame(2, 2, new float[] {1, 2, 3, 4}, Optional.of(new ImagePlane(towardsHead, new double[3], "")));
            assertThat(Turn.of(frame).turn(frame.values())).containsExactly(3, 4, 1, 2);
        }
    }

    @Test
    void nearlyAxialCountsAsAxial() {
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        double[] tilted = {-1, 0, 0, 0, c, s};
        Frame frame = frame(2, 2, new float[] {1, 2, 3, 4}, Optional.of(new ImagePlane(tilted, new double[3], "")));
        assertThat(Turn.of(frame).turn(frame.values())).containsExactly(2, 1, 4, 3);
    }

    @Test
    void sourcePixelAndGridCellAreInverse() {
        Axis axis = new Axis(40, -2.5, 31.0, 64);
        for (int cell = 0; cell < 64; cell++) {
            double pixel = axis.start() + (cell + 0.5) * axis.length() / axis.cells() - 0.5;
            double back = (pixel + 0.5 - axis.start()) * axis.cells() / axis.length() - 0.5;
            assertThat(back).isCloseTo(cell, within(1e-9));
        }
        assertThat(axis.cell(10)).isCloseTo((10.5 + 2.5) * 64 / 31.0 - 0.5, within(1e-12));
    }

    @Test
    void aSmoothImageSurvivesTheRoundTrip() {
        int rows = 60;
        int columns = 44;
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (Math.sin(i / columns / 9.0) * Math.cos(i % columns / 7.0));
        }
        ModelGrid grid = ModelGrid.of(frame(rows, columns, values, Optional.empty()), Framing.WHOLE, 64);
        float[] back = grid.toSource(grid.toGrid(values));
        for (int row = 2; row < rows - 2; row++) {
            for (int column = 2; column < columns - 2; column++) {
                assertThat(back[row * columns + column]).isCloseTo(values[row * columns + column], within(0.03f));
            }
        }
    }

    @Test
    void detailFinerThanTheGridIsAveragedAway() {
        float[] values = new float[256 * 256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i / 256 + i % 256) % 2;
        }
        float[] grid = ModelGrid.of(frame(256, 256, values, Optional.empty()), Framing.WHOLE, 32)
                .toGrid(values);
        for (float value : grid) {
            assertThat(value).isCloseTo(0.5f, within(0.02f));
        }
    }

    @Test
    void nothingIsSaidOutsideTheGrid() {
        float[] values = stored(new int[] {1, 0}, new int[] {0, 1});
        ModelGrid grid = ModelGrid.of(frame(SIDE, SIDE, values, Optional.empty()), Framing.HEAD, 64);
        float[] ones = new float[64 * 64];
        java.util.Arrays.fill(ones, 1);
        float[] source = grid.toSource(ones);
        assertThat(source[0]).isZero();
        assertThat(source[LESION_ROW * SIDE + LESION_COLUMN]).isEqualTo(1);
    }

    @Test
    void aBlankFrameHasNoForeground() {
        ModelGrid grid = ModelGrid.of(frame(8, 8, new float[64], Optional.empty()), Framing.HEAD, 16);
        assertThat(grid.foregroundShare()).isZero();
        assertThat(grid.toGrid(new float[64])).containsOnly(0);
    }

    @Test
    void theHeadIsTheLargestRegionNotEveryBrightPixel() {
        float[] values = stored(new int[] {1, 0}, new int[] {0, 1});
        values[0] = 300;
        Region region = Region.largest(values, SIDE, SIDE, Region.threshold(values));
        assertThat(region.top()).isEqualTo(9);
        assertThat(region.left()).isEqualTo(11);
        assertThat(region.height()).isEqualTo(33);
        assertThat(region.width()).isEqualTo(23);
    }

    /** Rayleigh, of the median; a scanner's blank corner on top. */
    private static float[] noise(double median) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[4 * SIDE * SIDE];
        for (int i = SIDE; i < values.length; i++) {
            values[i] = (float) (median / 1.177 * Math.sqrt(-2 * Math.log(1 - random.nextDouble())));
        }
        return values;
    }

    private static float[] noisyHead() {
        float[] values = noise(25);
        for (int i = 0; i < values.length; i++) {
            float head = anatomy(i / (2 * SIDE) - 20, i % (2 * SIDE) - 24);
            values[i] = head > 0 ? head : values[i];
        }
        return values;
    }

    @Test
    void aHeadIsFoundInNoiseThatIsBrighterThanATenthOfIt() {
        Frame frame = frame(2 * SIDE, 2 * SIDE, noisyHead(), Optional.empty());
        ModelGrid grid = ModelGrid.of(frame, Framing.HEAD_ABOVE_NOISE, 64);
        float[] ones = new float[64 * 64];
        java.util.Arrays.fill(ones, 1);
        float[] source = grid.toSource(ones);
        assertThat(source[45 * 2 * SIDE + 46]).isEqualTo(1);
        assertThat(source[20 * 2 * SIDE + 46]).isZero();
        assertThat(grid.foregroundShare()).isBetween(0.06, 0.08);
        assertThat(ModelGrid.of(frame, Framing.HEAD, 64).foregroundShare()).isGreaterThan(0.8);
        assertThat(grid.noise()).isBetween(30f, 45f);
    }

    @Test
    void airAloneHasNoHead() {
        Frame frame = frame(2 * SIDE, 2 * SIDE, noise(25), Optional.empty());
        assertThat(ModelGrid.of(frame, Framing.HEAD_ABOVE_NOISE, 64).foregroundShare())
                .isLessThan(0.01);
    }

    @Test
    void withoutNoiseBothFramingsAreOne() {
        float[] values = stored(new int[] {1, 0}, new int[] {0, 1});
        Frame frame = frame(SIDE, SIDE, values, Optional.empty());
        assertThat(ModelGrid.of(frame, Framing.HEAD_ABOVE_NOISE, 64).toGrid(values))
                .isEqualTo(ModelGrid.of(frame, Framing.HEAD, 64).toGrid(values));
    }

    private static int brightest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** A square of 100 on air. */
    private static Frame square(int top, int left, int side, Optional<ImagePlane> plane) {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            int row = i / SIDE - top;
            int column = i % SIDE - left;
            values[i] = row >= 0 && row < side && column >= 0 && column < side ? 100 : 0;
        }
        return frame(SIDE, SIDE, values, plane);
    }

    /** What lies at a pixel of one frame is found at that pixel on the grid of the other, whose head is smaller and lies elsewhere. */
    @Test
    void whatIsOnOneGridIsLaidOnAnothersPixelOverPixel() {
        ModelGrid large = ModelGrid.of(square(6, 8, 32, Optional.empty()), Framing.HEAD, 16);
        ModelGrid small = ModelGrid.of(square(12, 20, 16, Optional.empty()), Framing.HEAD, 16);
        float[] rows = new float[SIDE * SIDE];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / SIDE + 0.01f * (i % SIDE);
        }
        assertThat(large.onto(small, large.toGrid(rows)).orElseThrow())
                .usingComparatorWithPrecision(0.15f)
                .containsExactly(small.toGrid(rows));
        assertThat(large.onto(large, large.toGrid(rows)).orElseThrow())
                .usingComparatorWithPrecision(0.15f)
                .containsExactly(large.toGrid(rows));
        float[] back = small.onto(large, small.toGrid(rows)).orElseThrow();
        assertThat(back[0]).as("the small head's grid does not reach so far").isNaN();
        float[] own = large.toGrid(rows);
        int reached = 0;
        for (int i = 0; i < back.length; i++) {
            if (!Float.isNaN(back[i])) {
                assertThat(back[i]).isCloseTo(own[i], within(0.6f));
                reached++;
            }
        }
        assertThat(reached).isBetween(40, 100);
    }

    @Test
    void gridsOfFramesThatDifferInSizeOrDirectionAreNotLaidOnEachOther() {
        ModelGrid plain = ModelGrid.of(square(6, 8, 32, Optional.empty()), Framing.HEAD, 16);
        ImagePlane mirrored = new ImagePlane(new double[] {-1, 0, 0, 0, 1, 0}, new double[] {0, 0, 0}, "");
        ModelGrid turned = ModelGrid.of(square(6, 8, 32, Optional.of(mirrored)), Framing.HEAD, 16);
        ModelGrid other = ModelGrid.of(frame(8, 8, new float[64], Optional.empty()), Framing.HEAD, 16);
        assertThat(plain.onto(turned, new float[256])).isEmpty();
        assertThat(plain.onto(other, new float[256])).isEmpty();
        assertThat(plain.onto(plain, new float[256])).isPresent();
    }
}
