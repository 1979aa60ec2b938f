package org.rigatino.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.knowm.xchart.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines and histograms over one pair of axes. Two of one name stay two. Not for use by several threads. */
public final class Chart {
    private static final int BINS = 40;
    private static final int LEGEND_LINE = 22;
    private static final int MARKER = 6;
    private static final int TICKS_APART = 60;
    private static final MathContext DIGITS = new MathContext(4);
    /** Points that are still told apart by eye, and get marks. */
    private static final int FEW = 45;

    private static final float THIN = 1.2f;
    private static final float[] DASHES = {5, 3};
    private static final int TRANSLUCENT = 130;
    private static final Color PALE = new Color(0xDDDDDD);

    private final String title;
    private final int width;
    private final int height;
    private final XYChart chart;
    private final List<String> names = new ArrayList<>();
    private double tallest;

    /**
     * @param width in pixels
     * @param height in pixels, without the legend
     */
    public Chart(String title, String across, String up, int width, int height) {
        this.title = title;
        this.width = width;
        this.height = height;
        chart = new XYChart(width, height, ChartTheme.Matlab);
        chart.setTitle(title);
        chart.setXAxisTitle(across);
        chart.setYAxisTitle(up);
        XYStyler style = chart.getStyler();
        style.setPlotGridLinesColor(PALE).setPlotGridLinesStroke(new BasicStroke(1));
        style.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Vertical);
        style.setLegendBorderColor(Color.WHITE).setMarkerSize(MARKER);
        style.setXAxisTickMarkSpacingHint(TICKS_APART).setYAxisTickMarkSpacingHint(TICKS_APART / 2);
        style.setXAxisTickLabelsFormattingFunction(Chart::label).setYAxisTickLabelsFormattingFunction(Chart::label);
    }

    /** With the digits that tell neighbours apart, and those before the point. */
    private static String label(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return Math.abs(rounded.scale()) > 6 ? rounded.toString() : rounded.toPlainString();
    }

    /** Both axes go from 0 to 1. */
    public Chart inTheUnitSquare() {
        return inTheSquare(1);
    }

    /** The axis across goes from 0 to this. */
    public Chart across(double highest) {
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(highest);
        return this;
    }

    public Chart withoutLegend() {
        chart.getStyler().setLegendVisible(false);
        return this;
    }

    /** One name beside the other, instead of below. */
    public Chart withLegendInOneLine() {
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        return this;
    }

    /** @param bold of what the picture is about; other lines are thinner */
    public Chart line(String name, Color colour, boolean bold, boolean dashed, double[] x, double[] y) {
        add(name, colour, x, y)
                .setLineStyle(new BasicStroke(
                        bold ? 2 : THIN, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashed ? DASHES : null, 0));
        return this;
    }

    /** Points that nothing joins. */
    public Chart points(String name, Color colour, double[] x, double[] y) {
        XYSeries series = add(name, colour, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), TRANSLUCENT));
        return this;
    }

    /** Both axes go from 0 to this. */
    public Chart inTheSquare(double highest) {
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(highest);
        return across(highest);
    }

    /** Values at whole numbers; where there are none, no line. */
    public Chart line(String name, Color colour, SortedMap<Integer, Double> points) {
        if (points.isEmpty()) {
            return this;
        }
        double[] x = points.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
        double[] y = points.values().stream().mapToDouble(Double::doubleValue).toArray();
        line(name, colour, true, false, x, y);
        if (x.length <= FEW) {
            chart.getSeries(id(names.size() - 1)).setMarker(SeriesMarkers.CIRCLE);
        }
        return this;
    }

    /** Shares of the values in each of {@value #BINS} bins; those beyond an end of the axis lie in the bin there. */
    public Chart histogram(String name, Color colour, double[] values, double low, double high) {
        List<Double> within = Arrays.stream(values)
                .map(value -> Math.min(Math.max(value, low), high))
                .boxed()
                .toList();
        List<Double> counts = new Histogram(within, BINS, low, high).getyAxisData();
        double[] edges = new double[BINS + 1];
        double[] shares = new double[BINS + 1];
        for (int bin = 0; bin <= BINS; bin++) {
            edges[bin] = low + bin * (high - low) / BINS;
            shares[bin] = bin == BINS ? 0 : counts.get(bin) / Math.max(1, values.length);
            tallest = Math.max(tallest, shares[bin]);
        }
        add(name, colour, edges, shares)
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea)
                .setLineStyle(new BasicStroke(1))
                .setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), TRANSLUCENT));
        return this;
    }

    /** An upright line as tall as the highest bin so far. */
    public Chart upright(String name, Color colour, double x) {
        return line(name, colour, false, true, new double[] {x, x}, new double[] {0, tallest});
    }

    private XYSeries add(String name, Color colour, double[] x, double[] y) {
        if (names.isEmpty() && x.length > 1) {
            makeUneven(x, y);
        }
        XYSeries series = chart.addSeries(id(names.size()), x, y);
        series.setLabel(name).setFillColor(colour);
        series.setLineColor(colour);
        series.setMarker(SeriesMarkers.NONE).setMarkerColor(colour);
        names.add(name);
        return series;
    }

    /** The library labels an axis at its values where they are evenly spaced, however crooked; else at round numbers. */
    private void makeUneven(double[] x, double[] y) {
        double[] between = {x[0] + (x[1] - x[0]) / Math.PI};
        XYSeries unseen = chart.addSeries("unseen", between, new double[] {y[0]});
        unseen.setShowInLegend(false);
        unseen.setLineStyle(SeriesLines.NONE);
        unseen.setMarker(SeriesMarkers.NONE);
    }

    /** The library wants names to differ. */
    private static String id(int number) {
        return Integer.toString(number);
    }

    int width() {
        return width;
    }

    int height() {
        XYStyler style = chart.getStyler();
        int lines = style.getLegendLayout() == LegendLayout.Vertical ? names.size() : 1;
        return height + (style.isLegendVisible() ? LEGEND_LINE * lines : 0);
    }

    void paint(Graphics2D graphics) {
        chart.paint(graphics, width, height());
    }

    /** In words, for who cannot see it. */
    String words() {
        return title + (names.isEmpty() ? "" : ": " + String.join("; ", names));
    }
}
