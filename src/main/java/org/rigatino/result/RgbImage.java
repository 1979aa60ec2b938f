package org.rigatino.result;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelData;
import org.rigatino.dicom.PixelFormat;

/**
 * A picture in 8-bit RGB, black at first.
 *
 * @param rgb rows*columns*3, row-major, colour by pixel
 */
public record RgbImage(int rows, int columns, byte[] rgb) {
    public RgbImage(int rows, int columns) {
        this(rows, columns, new byte[rows * columns * 3]);
    }

    /**
     * What a capture shows that was made here, read back from it.
     *
     * @throws DicomException where it cannot be read, or shows no colours
     */
    public static RgbImage read(Path capture) throws DicomException {
        try (PixelData pixels = PixelData.openOwn(capture)) {
            PixelFormat format = pixels.format();
            if (!format.colour()
                    || !format.photometricInterpretation().equals("RGB")
                    || format.planarConfiguration() != 0) {
                throw new DicomException(capture.getFileName() + " is no picture in RGB, colour by pixel");
            }
            return new RgbImage(format.rows(), format.columns(), pixels.bytes(1));
        }
    }

    /** Outside the picture nothing happens. @param colour 0xRRGGBB */
    void set(int row, int column, int colour) {
        if (row >= 0 && row < rows && column >= 0 && column < columns) {
            int at = (row * columns + column) * 3;
            rgb[at] = (byte) (colour >> 16);
            rgb[at + 1] = (byte) (colour >> 8);
            rgb[at + 2] = (byte) colour;
        }
    }

    public void fill(int row, int column, int height, int width, int colour) {
        for (int r = row; r < row + height; r++) {
            for (int c = column; c < column + width; c++) {
                set(r, c, colour);
            }
        }
    }

    /** A quarter of the brightness: what lies there stays to be seen below bright letters. */
    void dim(int row, int column, int height, int width) {
        for (int r = Math.max(0, row); r < Math.min(rows, row + height); r++) {
            for (int c = Math.max(0, column); c < Math.min(columns, column + width); c++) {
                set(r, c, colour(r * columns + c) >> 2 & 0x3F3F3F);
            }
        }
    }

    /** 0xRRGGBB. @param pixel row-major */
    int colour(int pixel) {
        return (rgb[pixel * 3] & 0xFF) << 16 | (rgb[pixel * 3 + 1] & 0xFF) << 8 | rgb[pixel * 3 + 2] & 0xFF;
    }

    /** {@link #rgb}, with a zero behind it where its length is odd (PS3.5 7.1.1). */
    byte[] evenBytes() {
        return Arrays.copyOf(rgb, rgb.length + (rgb.length & 1));
    }

    /** For writing as PNG; needs no display and no fonts. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < rows * columns; pixel++) {
            image.setRGB(pixel % columns, pixel / columns, colour(pixel));
        }
        return image;
    }
}
