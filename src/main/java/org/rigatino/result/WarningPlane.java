package org.rigatino.result;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** The warning as an Overlay Plane (PS3.3 C.9.2): viewers lay it over the image, whose pixels stay as they are. */
final class WarningPlane {
    private static final int COLUMNS_PER_DOT = 256;

    private WarningPlane() {}

    /** At the lower left, as large as in an overlay; words below one another where the image is narrow. */
    static void put(Dataset object, int rows, int columns) {
        int scale = Math.max(1, columns / COLUMNS_PER_DOT);
        boolean fits = Glyphs.width(Equipment.WARNING, scale) <= columns;
        String[] lines = ("RESTORED " + (fits ? Equipment.WARNING.replace(' ', '_') : Equipment.WARNING)).split(" ");
        int height = lines.length * (Glyphs.HEIGHT + 2) * scale;
        int width = 0;
        for (String line : lines) {
            width = Math.max(width, Glyphs.width(line, scale));
        }
        RgbImage text = new RgbImage(height, width);
        for (int i = 0; i < lines.length; i++) {
            Glyphs.draw(text, lines[i].replace('_', ' '), i * (Glyphs.HEIGHT + 2) * scale, 0, scale, 0xFFFFFF);
        }
        object.put(Tag.OverlayRows, height)
                .put(Tag.OverlayColumns, width)
                .put(Tag.OverlayDescription, "RESTORED " + Equipment.WARNING)
                .put(Tag.OverlayType, "G")
                .put(Tag.OverlayOrigin, Math.max(1, rows - height + 1), 1)
                .put(Tag.OverlayBitsAllocated, 1)
                .put(Tag.OverlayBitPosition, 0)
                .putWords(Tag.OverlayData, bits(text));
    }

    /** First pixel in the lowest bit of the first word (PS3.5 8.1.2). */
    private static short[] bits(RgbImage text) {
        int pixels = text.rows() * text.columns();
        short[] words = new short[(pixels + 15) / 16];
        for (int i = 0; i < pixels; i++) {
            if (text.rgb()[3 * i] != 0) {
                words[i / 16] |= (short) (1 << i % 16);
            }
        }
        return words;
    }
}
