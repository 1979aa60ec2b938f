package org.rigatino.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;

/** A picture of how far a training has come: a row for each image, its restoration and their difference beside it. */
final class Sheet {
    private static final int COLUMNS = 3;
    private static final int MIDDLE_GRAY = 128;

    private Sheet() {}

    static void write(Path file, List<TrainingImage> images, int side, UnaryOperator<float[]> restore)
            throws IOException {
        BufferedImage sheet = new BufferedImage(COLUMNS * side, images.size() * side, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < images.size(); row++) {
            float[] values = images.get(row).values();
            float[] restored = restore.apply(values);
            float[] difference = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                difference[i] = values[i] - restored[i];
            }
            draw(sheet, values, 0, row * side, side);
            draw(sheet, restored, side, row * side, side);
            draw(sheet, difference, 2 * side, row * side, side);
        }
        ImageIO.write(sheet, "png", file.toFile());
    }

    private static void draw(BufferedImage sheet, float[] values, int left, int top, int side) {
        for (int i = 0; i < values.length; i++) {
            int gray = Math.round(MIDDLE_GRAY + values[i] * (MIDDLE_GRAY - 1));
            sheet.getRaster().setSample(left + i % side, top + i / side, 0, Math.min(Math.max(gray, 0), 255));
        }
    }
}
