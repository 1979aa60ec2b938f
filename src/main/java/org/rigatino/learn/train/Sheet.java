package org.rigatino.learn.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;

/**
 * A picture of how far a training has come: a row for each image, its restoration and their difference beside it. Shows
 * patients.
 *
 * @param work the folder that the pictures go to
 */
record Sheet(Path work, List<TrainingImage> images, int side) {
    private static final int COLUMNS = 3;
    private static final int MIDDLE_GRAY = 128;

    void write(int iteration, UnaryOperator<float[]> restore) throws IOException {
        BufferedImage sheet = new BufferedImage(COLUMNS * side, images.size() * side, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < images.size(); row++) {
            float[] values = images.get(row).values();
            float[] restored = restore.apply(values);
            float[] difference = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                difference[i] = values[i] - restored[i];
            }
            draw(sheet, values, 0, row);
            draw(sheet, restored, 1, row);
            draw(sheet, difference, 2, row);
        }
        Path file = work.resolve(String.format("sheet-%06d.png", iteration));
        ImageIO.write(sheet, "png", file.toFile());
    }

    private void draw(BufferedImage sheet, float[] values, int column, int row) {
        for (int i = 0; i < values.length; i++) {
            int gray = Math.round(MIDDLE_GRAY + values[i] * (MIDDLE_GRAY - 1));
            int clipped = Math.min(Math.max(gray, 0), 255);
            sheet.getRaster().setSample(column * side + i % side, row * side + i / side, 0, clipped);
        }
    }
}
