package org.rigatino.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * The reversible map between a frame's pixels and the square grid that a model sees: the frame turned to the model's
 * direction ({@link Turn}), a box cut out of it, the box stretched to the grid. Coordinates are exact inverses of each
 * other; pixel centres lie at half-integers. Immutable.
 */
public final class ModelGrid {
    /** Of the region's side, added on each of its sides. */
    private static final double MARGIN = 0.06;

    private final Turn turn;
    private final Axis vertical;
    private final Axis horizontal;
    private final Noise noise;
    private final double foregroundShare;

    private ModelGrid(Turn turn, Axis vertical, Axis horizontal, Noise noise, double foregroundShare) {
        this.turn = turn;
        this.vertical = vertical;
        this.horizontal = horizontal;
        this.noise = noise;
        this.foregroundShare = foregroundShare;
    }

    /** @param size side of the grid */
    public static ModelGrid of(Frame frame, Framing framing, int size) {
        Turn turn = Turn.of(frame);
        int rows = turn.turnedRows();
        int columns = turn.turnedColumns();
        float[] turned = turn.turn(frame.values());
        Noise noise = framing == Framing.HEAD_ABOVE_NOISE ? Noise.of(turned, rows, columns) : Noise.NONE;
        Region region = Region.largest(turned, rows, columns, Math.max(Region.threshold(turned), noise.pixel()));
        if (framing == Framing.WHOLE || region.share() == 0) {
            return new ModelGrid(
                    turn, new Axis(rows, 0, rows, size), new Axis(columns, 0, columns, size), noise, region.share());
        }
        return new ModelGrid(
                turn,
                withMargin(rows, region.top(), region.height(), size),
                withMargin(columns, region.left(), region.width(), size),
                noise,
                region.share());
    }

    private static Axis withMargin(int pixels, int start, int length, int size) {
        double margin = MARGIN * length;
        return new Axis(pixels, start - margin, length + 2 * margin, size);
    }

    /** Side of the grid. */
    public int size() {
        return vertical.cells();
    }

    /** In the frame's units, at or below which a cell may be noise; negative infinity where the framing does not ask. */
    public float noise() {
        return noise.cell();
    }

    /** Share of the frame's pixels that its largest bright region covers, 0 for a blank frame. */
    public double foregroundShare() {
        return foregroundShare;
    }

    /**
     * Each cell takes the average of the pixels around it, so that nothing finer than the grid is mistaken for
     * something coarser.
     *
     * @param values rows*columns of the frame
     * @return size*size
     */
    public float[] toGrid(float[] values) {
        float[] turned = turn.turn(values);
        int columns = turn.turnedColumns();
        int size = size();
        float[] narrow = new float[turn.turnedRows() * size];
        for (int row = 0; row < turn.turnedRows(); row++) {
            for (int cell = 0; cell < size; cell++) {
                narrow[row * size + cell] = horizontal.average(turned, row * columns, 1, cell);
            }
        }
        float[] grid = new float[size * size];
        for (int row = 0; row < size; row++) {
            for (int cell = 0; cell < size; cell++) {
                grid[row * size + cell] = vertical.average(narrow, cell, size, row);
            }
        }
        return grid;
    }

    /**
     * Interpolates linearly between cell centres.
     *
     * @param values size*size
     * @return rows*columns, 0 where the grid does not reach
     */
    public float[] toSource(float[] values) {
        float[] source = new float[turn.rows() * turn.columns()];
        Axis.Place[] across = horizontal.places();
        Axis.Place[] down = vertical.places();
        for (int row = 0; row < down.length; row++) {
            for (int column = 0; down[row].reached() && column < across.length; column++) {
                if (across[column].reached()) {
                    source[turn.source(row, column)] = interpolate(values, down[row], across[column]);
                }
            }
        }
        return source;
    }

    /**
     * Lays what is on this grid on that of another frame, pixel over pixel; interpolates linearly between cell centres.
     *
     * @param values size*size
     * @return cells of the other, NaN where this grid does not reach; empty where the frames of both have not as many pixels, or do
     *     not lie alike
     */
    public Optional<float[]> onto(ModelGrid other, float[] values) {
        if (!turn.equals(other.turn)) {
            return Optional.empty();
        }
        float[] laid = new float[other.size() * other.size()];
        Arrays.fill(laid, Float.NaN);
        Axis.Place[] across = horizontal.places(other.horizontal);
        Axis.Place[] down = vertical.places(other.vertical);
        for (int i = 0; i < laid.length; i++) {
            Axis.Place row = down[i / other.size()];
            Axis.Place column = across[i % other.size()];
            if (row.reached() && column.reached()) {
                laid[i] = interpolate(values, row, column);
            }
        }
        return Optional.of(laid);
    }

    private float interpolate(float[] values, Axis.Place down, Axis.Place across) {
        int size = size();
        int at = down.cell() * size + across.cell();
        double upper = values[at] * (1 - across.beyond()) + values[at + 1] * across.beyond();
        double lower = values[at + size] * (1 - across.beyond()) + values[at + size + 1] * across.beyond();
        return (float) (upper * (1 - down.beyond()) + lower * down.beyond());
    }
}
