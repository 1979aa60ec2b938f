package org.rigatino.train;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;

/** Gray images of common formats, taken as they lie: they have no plane. */
public final class ImageFile {
    private ImageFile() {}

    /** Colour is averaged. */
    public static Frame read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException(file + " is not an image of a known format");
        }
        Raster raster = image.getRaster();
        int rows = image.getHeight();
        int columns = image.getWidth();
        int bands = Math.min(raster.getNumBands(), 3);
        int shift = Math.max(raster.getSampleModel().getSampleSize(0) - 8, 0);
        float[] values = new float[rows * columns];
        byte[] display = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            int sum = 0;
            for (int band = 0; band < bands; band++) {
                sum += raster.getSample(i % columns, i / columns, band);
            }
            values[i] = (float) sum / bands;
            display[i] = (byte) ((sum / bands) >> shift);
        }
        FrameReference reference = new FrameReference("", "", file.getFileName().toString(), "", 1);
        return new Frame(reference, rows, columns, values, display, Optional.empty(), Optional.empty());
    }
}
