package org.rigatino.learn.evaluate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.rigatino.image.Frame;
import org.rigatino.result.ColourScale;

/** A case as pictures: the image with its mask's edge, what the model saw, what it drew, and the departure in colour. */
final class CasePictures {
    private static final int EDGE = 0x00E676;
    /** From the first colour to the last in units of normal variation, as overlays show it unless configured otherwise. */
    static final double SPAN = 5;

    private CasePictures() {}

    /** PNG as data URIs. */
    static List<String> of(Case one, boolean[] mask) throws IOException {
        int size = one.restored().grid().size();
        return List.of(
                uri(source(one.restored().frame(), mask)),
                uri(grid(one.restored().input(), size)),
                uri(grid(one.restored().drawn(), size)),
                uri(departure(one.restored().frame(), one.finding().map(), new ColourScale(one.level(), SPAN))));
    }

    private static BufferedImage source(Frame frame, boolean[] mask) {
        BufferedImage image = blank(frame.rows(), frame.columns());
        for (int i = 0; i < mask.length; i++) {
            int gray = frame.display()[i] & 0xFF;
            int colour = edge(mask, frame.columns(), i) ? EDGE : gray << 16 | gray << 8 | gray;
            image.setRGB(i % frame.columns(), i / frame.columns(), colour);
        }
        return image;
    }

    private static boolean edge(boolean[] mask, int columns, int at) {
        boolean inside = mask[at]
                && at >= columns
                && mask[at - columns]
                && at + columns < mask.length
                && mask[at + columns]
                && at % columns > 0
                && mask[at - 1]
                && at % columns < columns - 1
                && mask[at + 1];
        return mask[at] && !inside;
    }

    /** @param values -1 is black, 1 is white */
    private static BufferedImage grid(float[] values, int size) {
        BufferedImage image = blank(size, size);
        for (int i = 0; i < values.length; i++) {
            int gray = Math.min(Math.max(Math.round(127.5f + 127.5f * values[i]), 0), 255);
            image.setRGB(i % size, i / size, gray << 16 | gray << 8 | gray);
        }
        return image;
    }

    private static BufferedImage departure(Frame frame, float[] map, ColourScale colours) {
        BufferedImage image = blank(frame.rows(), frame.columns());
        for (int i = 0; i < map.length; i++) {
            image.setRGB(i % frame.columns(), i / frame.columns(), colours.over(frame.display()[i] & 0xFF, map[i]));
        }
        return image;
    }

    private static BufferedImage blank(int rows, int columns) {
        return new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    }

    private static String uri(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
