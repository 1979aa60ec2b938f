package org.rigatino.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Capital letters, digits and signs of 5x7 pixels, drawn the same on every machine: a server without a display has no
 * fonts, and fonts differ.
 */
public final class Glyphs {
    public static final int HEIGHT = 7;
    /** Width of a glyph and of the gap after it. */
    static final int ADVANCE = 6;

    private static final int WIDTH = 5;
    private static final Map<Character, String[]> GLYPHS = load();

    private Glyphs() {}

    private static Map<Character, String[]> load() {
        try (InputStream in = Glyphs.class.getResourceAsStream("glyphs.txt")) {
            Map<Character, String[]> glyphs = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .forEach(
                            line -> glyphs.put(line.charAt(0), line.substring(2).split(" ")));
            return glyphs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int width(String text, int scale) {
        return width(text.length(), scale);
    }

    static int width(int letters, int scale) {
        return letters * ADVANCE * scale;
    }

    /** Lower case is drawn as upper case, what has no glyph as a question mark. @param scale pixels a dot */
    public static void draw(RgbImage image, String text, int row, int column, int scale, int colour) {
        String capitals = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < capitals.length(); i++) {
            if (capitals.charAt(i) != ' ') {
                String[] glyph = GLYPHS.getOrDefault(capitals.charAt(i), GLYPHS.get('?'));
                drawGlyph(image, glyph, row, column + i * ADVANCE * scale, scale, colour);
            }
        }
    }

    private static void drawGlyph(RgbImage image, String[] glyph, int row, int column, int scale, int colour) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (glyph[y].charAt(x) == '#') {
                    image.fill(row + y * scale, column + x * scale, scale, scale, colour);
                }
            }
        }
    }
}
