package org.rigatino.learn.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import javax.imageio.ImageIO;
import org.rigatino.result.Glyphs;
import org.rigatino.result.RgbImage;

/** Curves as a picture: one panel each, over a common axis of iterations. Needs no fonts. */
final class CurvesPicture {
    private static final int WIDTH = 900;
    private static final int PANEL = 240;
    private static final int LEFT = 110;
    private static final int RIGHT = 30;
    private static final int TOP = 40;
    private static final int BOTTOM = 40;
    private static final int TEXT = 2;
    private static final int TICKS = 5;
    private static final int INK = 0x202020;
    private static final int GRID = 0xE0E0E0;
    private static final Color CURVE = new Color(0x1F5FA8);

    private final List<String> names;
    private final Curves curves;
    private final Ticks iterations;
    private final RgbImage image;

    private CurvesPicture(Curves curves) {
        this.curves = curves;
        names = curves.names();
        int last = names.stream()
                .map(curves::curve)
                .filter(curve -> !curve.isEmpty())
                .mapToInt(SortedMap::lastKey)
                .max()
                .orElse(1);
        iterations = Ticks.of(0, last, TICKS);
        image = new RgbImage(PANEL * Math.max(1, names.size()), WIDTH);
    }

    static void write(Path file, Curves curves) throws IOException {
        ImageIO.write(new CurvesPicture(curves).draw(), "png", file.toFile());
    }

    private BufferedImage draw() {
        image.fill(0, 0, image.rows(), image.columns(), 0xFFFFFF);
        for (int panel = 0; panel < names.size(); panel++) {
            axes(panel, names.get(panel), values(names.get(panel)));
        }
        BufferedImage picture = image.toBufferedImage();
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setStroke(new BasicStroke(2));
        graphics.setColor(CURVE);
        for (int panel = 0; panel < names.size(); panel++) {
            line(graphics, panel, curves.curve(names.get(panel)), values(names.get(panel)));
        }
        graphics.dispose();
        return picture;
    }

    private Ticks values(String name) {
        double lowest =
                curves.curve(name).values().stream().min(Double::compare).orElse(0.0);
        double highest =
                curves.curve(name).values().stream().max(Double::compare).orElse(1.0);
        return Ticks.of(lowest, highest, TICKS);
    }

    private void axes(int panel, String name, Ticks values) {
        Glyphs.draw(image, name, panel * PANEL + 12, LEFT, TEXT, INK);
        for (double value : values.all()) {
            int row = row(panel, values, value);
            image.fill(row, LEFT, 1, WIDTH - LEFT - RIGHT, GRID);
            String text = values.text(value);
            int left = LEFT - 8 - Glyphs.width(text, TEXT);
            Glyphs.draw(image, text, row - Glyphs.HEIGHT * TEXT / 2, left, TEXT, INK);
        }
        int bottom = panel * PANEL + PANEL - BOTTOM;
        for (double iteration : iterations.all()) {
            int column = column(iteration);
            image.fill(panel * PANEL + TOP, column, PANEL - TOP - BOTTOM, 1, GRID);
            String text = String.format(Locale.ROOT, "%.0f", iteration);
            Glyphs.draw(image, text, bottom + 10, column - Glyphs.width(text, TEXT) / 2, TEXT, INK);
        }
        String axis = "iteration";
        Glyphs.draw(image, axis, panel * PANEL + 12, WIDTH - RIGHT - Glyphs.width(axis, TEXT), TEXT, 0x808080);
        image.fill(bottom, LEFT, 1, WIDTH - LEFT - RIGHT, INK);
        image.fill(panel * PANEL + TOP, LEFT, PANEL - TOP - BOTTOM, 1, INK);
    }

    private void line(Graphics2D graphics, int panel, SortedMap<Integer, Double> curve, Ticks values) {
        Path2D path = new Path2D.Double();
        for (Map.Entry<Integer, Double> point : curve.entrySet()) {
            double x = column(point.getKey());
            double y = row(panel, values, point.getValue());
            if (path.getCurrentPoint() == null) {
                path.moveTo(x, y);
            }
            path.lineTo(x, y);
            if (curve.size() <= WIDTH / 20) {
                graphics.fillOval((int) x - 3, (int) y - 3, 7, 7);
            }
        }
        graphics.draw(path);
    }

    private int column(double iteration) {
        return (int) Math.round(LEFT + iterations.share(iteration) * (WIDTH - LEFT - RIGHT));
    }

    private int row(int panel, Ticks values, double value) {
        return (int) Math.round(panel * PANEL + PANEL - BOTTOM - values.share(value) * (PANEL - TOP - BOTTOM));
    }
}
