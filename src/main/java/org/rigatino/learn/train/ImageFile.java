package org.rigatino.learn.train;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FileMeta;
import org.rigatino.finding.StackedSlice;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.InstanceFrames;
import org.rigatino.image.Luminance;
import org.rigatino.image.Slab;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.Refusal;

/**
 * Pictures of common formats, 8 or 16 bits, taken as they lie: they have no plane. Of a TIFF the first page. DICOM files of
 * one frame, decoded as for service.
 */
public final class ImageFile {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "tif", "tiff");

    /** In what decoders warn of; what they say of colour profiles and resolutions loses nothing. */
    private static final Pattern LOSS = Pattern.compile("(?i)truncat|premature|corrupt|missing EOI");

    private ImageFile() {}

    /** By its name's ending. */
    static boolean isNamedAsOne(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /**
     * A picture, or the one frame of a DICOM file. Of pictures gray values keep their full depth; colour becomes
     * {@link Luminance}; transparency is passed over.
     *
     * @throws IOException naming the file, where it is not there, cannot be read, or has several frames
     */
    public static Frame read(Path file) throws IOException {
        return FileMeta.isDicom(file) ? ofDicom(file) : ofPicture(file);
    }

    /**
     * What refuses a DICOM file by its header; empty for a picture, which has none.
     *
     * @throws IOException naming the file, where its header cannot be read
     */
    public static Optional<Refusal> refusal(Path file, Eligibility eligibility) throws IOException {
        if (!FileMeta.isDicom(file)) {
            return Optional.empty();
        }
        try {
            return eligibility.refusal(Dataset.readHeader(file), 1);
        } catch (DicomException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Where the image of a DICOM file lies, by its header; empty for a picture, and where the header does not say.
     *
     * @throws IOException naming the file, where its header cannot be read
     */
    static Optional<StackedSlice> slice(Path file) throws IOException {
        if (!FileMeta.isDicom(file)) {
            return Optional.empty();
        }
        try {
            return Slab.of(Dataset.readHeader(file), 1, 1).map(StackedSlice::of);
        } catch (DicomException e) {
            throw unreadable(file, e);
        }
    }

    private static Frame ofDicom(Path file) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            if (frames.count() != 1) {
                throw new IOException("it has " + frames.count() + " frames, and one image is asked for");
            }
            return frames.frame(1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static IOException unreadable(Path file, Exception cause) {
        return new IOException("image " + file + " cannot be read: " + cause.getMessage(), cause);
    }

    private static Frame ofPicture(Path file) throws IOException {
        BufferedImage image = decode(file);
        float[] values =
                image.getColorModel() instanceof IndexColorModel ? ofPalette(image) : ofSamples(image.getRaster());
        int depth = image.getColorModel().getComponentSize(0);
        FrameReference reference = new FrameReference("", "", file.getFileName().toString(), "", 1);
        return new Frame(
                reference,
                image.getHeight(),
                image.getWidth(),
                values,
                depth <= Byte.SIZE ? Display.asItIs(values) : Display.fromSmallestToLargest(values),
                Optional.empty(),
                Optional.empty());
    }

    private static BufferedImage decode(Path file) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            if (stream == null) {
                throw new IOException("it is not there, or may not be read");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException("it is not a PNG, JPEG, TIFF or DICOM file");
            }
            return decode(readers.next(), stream);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /** JPEG's decoder fills in what is missing, and only warns of it. */
    private static BufferedImage decode(ImageReader reader, ImageInputStream stream) throws IOException {
        List<String> losses = new ArrayList<>();
        try {
            reader.setInput(stream, true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (LOSS.matcher(warning).find()) {
                    losses.add(warning);
                }
            });
            BufferedImage image = reader.read(0);
            if (!losses.isEmpty()) {
                throw new IOException(losses.get(0) + ": part of it is missing or damaged");
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private static float[] ofSamples(Raster raster) {
        int columns = raster.getWidth();
        boolean colour = raster.getNumBands() >= 3;
        float[] values = new float[raster.getHeight() * columns];
        for (int i = 0; i < values.length; i++) {
            int x = raster.getMinX() + i % columns;
            int y = raster.getMinY() + i / columns;
            float first = raster.getSampleFloat(x, y, 0);
            values[i] = colour
                    ? Luminance.of(first, raster.getSampleFloat(x, y, 1), raster.getSampleFloat(x, y, 2))
                    : first;
        }
        return values;
    }

    private static float[] ofPalette(BufferedImage image) {
        ColorModel palette = image.getColorModel();
        int columns = image.getWidth();
        float[] values = new float[image.getHeight() * columns];
        for (int i = 0; i < values.length; i++) {
            int index = image.getRaster().getSample(i % columns, i / columns, 0);
            values[i] = Luminance.of(palette.getRed(index), palette.getGreen(index), palette.getBlue(index));
        }
        return values;
    }

    /** Unsigned 8-bit gray for the eye. */
    private static final class Display {
        private static final float WHITE = 255;

        static byte[] asItIs(float[] values) {
            return scaled(values, 0, WHITE);
        }

        static byte[] fromSmallestToLargest(float[] values) {
            float smallest = Float.POSITIVE_INFINITY;
            float largest = Float.NEGATIVE_INFINITY;
            for (float value : values) {
                smallest = Math.min(smallest, value);
                largest = Math.max(largest, value);
            }
            return scaled(values, smallest, largest);
        }

        private static byte[] scaled(float[] values, float black, float white) {
            byte[] display = new byte[values.length];
            for (int i = 0; white > black && i < display.length; i++) {
                display[i] = (byte) Math.round(WHITE * (values[i] - black) / (white - black));
            }
            return display;
        }
    }
}
