package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.rigatino.dicom.PixelData;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.image.Luminance;
import org.rigatino.page.JudgedFrames.FrameFiles;
import org.rigatino.page.JudgedFrames.Key;
import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.result.OrientationMarkers;
import org.rigatino.result.RestoredMark;

/**
 * Pictures of frames, drawn from the files that are kept: as received, as restored, and as delivered. All of one frame have
 * its rows and columns, so that they lie over one another.
 */
@ApplicationScoped
class Pictures {
    /** Difference of full colour, of 255. */
    private static final int FULL = 128;

    private static final int NOT_KNOWN = 0x404040;

    @Inject
    JudgedFrames frames;

    /** What there is to see of a frame. */
    enum Kind {
        SOURCE,
        RESTORED,
        DIFFERENCE,
        OVERLAY
    }

    /**
     * @param window absent for what a viewer shows at first
     * @return a PNG; empty where no model judged the frame, or a file that the picture needs is not kept
     */
    Optional<byte[]> draw(Kind kind, Key key, Optional<GrayWindow> window) throws IOException {
        Optional<FrameFiles> found = frames.find(key);
        if (found.isEmpty() || found.get().source().isEmpty()) {
            return Optional.empty();
        }
        FrameFiles files = found.get();
        Frame source = frame(files.source().get(), key.frameNumber());
        BufferedImage picture =
                switch (kind) {
                    case SOURCE -> gray(source, window);
                    case RESTORED -> files.restored().isEmpty() ? null : gray(restored(files, source), window);
                    case DIFFERENCE ->
                        files.restored().isEmpty() ? null : difference(source, restored(files, source), window);
                    case OVERLAY ->
                        files.overlay().isEmpty()
                                ? null
                                : overlay(files.overlay().get(), source);
                };
        return picture == null ? Optional.empty() : Optional.of(png(picture));
    }

    Viewer viewer(String studyInstanceUid, RankedImage image) {
        String sop = image.finding().sopInstanceUid();
        int number = image.finding().frameNumber();
        String digest = image.finding().modelDigest();
        FrameFiles files =
                frames.find(new Key(studyInstanceUid, sop, number, digest)).orElse(FrameFiles.NONE);
        double smallest = 0;
        double largest = 1;
        GrayWindow given = null;
        int rows = 0;
        int columns = 0;
        OrientationMarkers sides = null;
        boolean readable = files.source().isPresent();
        boolean colour = false;
        if (readable) {
            try (InstanceFrames instance = InstanceFrames.open(files.source().get())) {
                Frame source = instance.frame(number);
                given = instance.window(number)
                        .map(window -> new GrayWindow(window[0], window[1]))
                        .orElse(null);
                rows = source.rows();
                columns = source.columns();
                colour = Luminance.isOf(instance.header());
                sides = OrientationMarkers.of(instance.header(), source).orElse(null);
                smallest = source.values()[0];
                largest = smallest;
                for (float value : source.values()) {
                    smallest = Math.min(smallest, value);
                    largest = Math.max(largest, value);
                }
            } catch (IOException e) {
                readable = false;
            }
        }
        return new Viewer(
                image,
                "/api/studies/" + studyInstanceUid + "/images/" + sop + "/frames/" + number + "/",
                "?model=" + digest,
                readable,
                colour,
                files.restored().isPresent(),
                files.overlay().isPresent(),
                smallest,
                largest,
                given,
                rows,
                columns,
                sides,
                files.scale().orElse(null));
    }

    private static Frame frame(Path file, int number) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            return frames.frame(number);
        }
    }

    private static Frame restored(FrameFiles files, Frame source) throws IOException {
        Frame restored = frame(files.restored().get(), 1);
        if (restored.rows() != source.rows() || restored.columns() != source.columns()) {
            throw new IOException("the restored image has " + restored.rows() + "x" + restored.columns()
                    + " pixels, its source " + source.rows() + "x" + source.columns());
        }
        return restored;
    }

    private static byte[] shades(Frame frame, Optional<GrayWindow> window) {
        return window.map(chosen -> chosen.of(frame)).orElseGet(frame::display);
    }

    private static BufferedImage gray(Frame frame, Optional<GrayWindow> window) {
        BufferedImage picture = new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, frame.columns(), frame.rows(), shades(frame, window));
        return picture;
    }

    /**
     * Orange where the source is brighter, blue where it is darker, black where they are alike; as both are shown. Gray where
     * the mark lies on the restored image: what the model drew below it is not kept.
     */
    private static BufferedImage difference(Frame source, Frame restored, Optional<GrayWindow> window) {
        byte[] left = shades(source, window);
        byte[] right = shades(restored, window);
        BufferedImage picture = new BufferedImage(source.columns(), source.rows(), BufferedImage.TYPE_INT_RGB);
        RestoredMark mark = RestoredMark.of(source.rows(), source.columns());
        for (int i = 0; i < left.length; i++) {
            int colour = mark.covers(i) ? NOT_KNOWN : colour((left[i] & 0xFF) - (right[i] & 0xFF));
            picture.setRGB(i % source.columns(), i / source.columns(), colour);
        }
        return picture;
    }

    /** Told apart without colour vision too: orange and blue (E69F00 and 56B4E9). */
    private static int colour(int difference) {
        int strength = Math.min(FULL, Math.abs(difference));
        int full = difference > 0 ? 0xE69F00 : 0x56B4E9;
        return (full >> 16 & 0xFF) * strength / FULL << 16
                | (full >> 8 & 0xFF) * strength / FULL << 8
                | (full & 0xFF) * strength / FULL;
    }

    /** As delivered; of an overlay that a version before made, without the legend below and beside the frame. */
    private static BufferedImage overlay(Path file, Frame source) throws IOException {
        try (PixelData pixels = PixelData.open(file)) {
            int[] samples = pixels.frame(1);
            int columns = pixels.format().columns();
            if (pixels.format().samplesPerPixel() != 3 || columns < source.columns()) {
                throw new IOException("the overlay is not in colour, or narrower than its source");
            }
            BufferedImage picture = new BufferedImage(source.columns(), source.rows(), BufferedImage.TYPE_INT_RGB);
            for (int row = 0; row < source.rows(); row++) {
                for (int column = 0; column < source.columns(); column++) {
                    int at = (row * columns + column) * 3;
                    picture.setRGB(column, row, samples[at] << 16 | samples[at + 1] << 8 | samples[at + 2]);
                }
            }
            return picture;
        }
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
