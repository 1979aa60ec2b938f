package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jboss.logging.Logger;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.image.Luminance;
import org.rigatino.page.JudgedFrames.FrameFiles;
import org.rigatino.page.JudgedFrames.Key;
import org.rigatino.page.PictureRoom.Size;
import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.result.OrientationMarkers;
import org.rigatino.result.RestoredMark;
import org.rigatino.result.RgbImage;

/**
 * Pictures of frames, drawn from the files that are kept: as received, as restored, and as delivered. All of one frame have
 * its rows and columns, so that they lie over one another.
 */
@ApplicationScoped
class Pictures {
    /** Difference of full colour, of 255. */
    private static final int FULL = 128;

    private static final int NOT_KNOWN = 0x404040;

    private static final Logger LOG = Logger.getLogger(Pictures.class);

    @Inject
    JudgedFrames frames;

    @Inject
    PictureRoom room;

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
        Path source = files.source().get();
        Optional<Path> drawn =
                switch (kind) {
                    case SOURCE -> files.source();
                    case RESTORED, DIFFERENCE -> files.restored();
                    case OVERLAY -> files.overlay();
                };
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        Size size = Size.of(source);
        long pixels = Math.max(size.pixels(), Size.of(drawn.get()).pixels());
        return Optional.of(room.draw(
                pixels,
                () -> png(
                        switch (kind) {
                            case SOURCE -> gray(size, shades(source, key.frameNumber(), window));
                            case RESTORED -> gray(size, restored(drawn.get(), size, window));
                            case DIFFERENCE ->
                                difference(
                                        size,
                                        shades(source, key.frameNumber(), window),
                                        restored(drawn.get(), size, window));
                            case OVERLAY -> overlay(drawn.get(), size);
                        })));
    }

    Viewer viewer(String studyInstanceUid, RankedImage image) {
        String sop = image.finding().sopInstanceUid();
        int number = image.finding().frameNumber();
        String digest = image.finding().modelDigest();
        FrameFiles files =
                frames.find(new Key(studyInstanceUid, sop, number, digest)).orElse(FrameFiles.NONE);
        Optional<Look> look = files.source().flatMap(file -> look(file, number));
        Look seen = look.orElse(Look.NONE);
        return new Viewer(
                image,
                "/api/studies/" + studyInstanceUid + "/images/" + sop + "/frames/" + number + "/",
                "?model=" + digest,
                look.isPresent(),
                files.source().isPresent() && look.isEmpty(),
                seen.colour,
                files.restored().isPresent(),
                files.overlay().isPresent(),
                seen.smallest,
                seen.largest,
                seen.given,
                seen.windowed,
                seen.size.rows(),
                seen.size.columns(),
                seen.sides,
                files.scale().orElse(null));
    }

    /** What is told of a source beside its pictures, as {@link Viewer} has it. */
    private record Look(
            Size size,
            boolean colour,
            double smallest,
            double largest,
            GrayWindow given,
            boolean windowed,
            OrientationMarkers sides) {
        static final Look NONE = new Look(new Size(0, 0), false, 0, 1, null, false, null);

        static Look of(Path file, int number) throws IOException {
            try (InstanceFrames instance = InstanceFrames.open(file)) {
                Frame source = instance.frame(number);
                double smallest = source.values()[0];
                double largest = smallest;
                for (float value : source.values()) {
                    smallest = Math.min(smallest, value);
                    largest = Math.max(largest, value);
                }
                return new Look(
                        new Size(source.rows(), source.columns()),
                        Luminance.isOf(instance.header()),
                        smallest,
                        largest,
                        instance.window(number)
                                .map(window -> new GrayWindow(window[0], window[1]))
                                .orElse(null),
                        instance.isWindowed(number),
                        OrientationMarkers.of(instance.header(), source).orElse(null));
            }
        }
    }

    /** Empty where it cannot be read. */
    private Optional<Look> look(Path file, int number) {
        try {
            return Optional.of(room.draw(Size.of(file).pixels(), () -> Look.of(file, number)));
        } catch (IOException e) {
            LOG.warnf("an image is shown without its pictures: %s", e.getMessage());
            return Optional.empty();
        }
    }

    /** Nothing else of the frame is kept. */
    private static byte[] shades(Path file, int number, Optional<GrayWindow> window) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            Frame frame = frames.frame(number);
            return window.map(chosen -> chosen.of(frame)).orElseGet(frame::display);
        }
    }

    private static byte[] restored(Path file, Size source, Optional<GrayWindow> window) throws IOException {
        Size restored = Size.of(file);
        if (!restored.equals(source)) {
            throw new IOException("the restored image has " + restored.rows() + "x" + restored.columns()
                    + " pixels, its source " + source.rows() + "x" + source.columns());
        }
        return shades(file, 1, window);
    }

    private static BufferedImage gray(Size size, byte[] shades) {
        BufferedImage picture = new BufferedImage(size.columns(), size.rows(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, size.columns(), size.rows(), shades);
        return picture;
    }

    /**
     * Orange where the source is brighter, blue where it is darker, black where they are alike; as both are shown. Gray where
     * the mark lies on the restored image: what the model drew below it is not kept.
     */
    private static BufferedImage difference(Size source, byte[] left, byte[] right) {
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
    private static BufferedImage overlay(Path file, Size source) throws IOException {
        RgbImage overlay = RgbImage.read(file);
        if (overlay.rows() < source.rows() || overlay.columns() < source.columns()) {
            throw new IOException("the overlay is smaller than its source");
        }
        return overlay.toBufferedImage().getSubimage(0, 0, source.columns(), source.rows());
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
