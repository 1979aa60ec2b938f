package org.rigatino.learn.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Discs of noise, as a folder of normal pictures: two of each patient. */
public final class Heads {
    private static final int SIDE = 64;

    private Heads() {}

    public static void write(Path data, int images) throws IOException {
        Path normal = Files.createDirectories(data.resolve("normal"));
        Random random = new Random(5);
        for (int n = 0; n < images; n++) {
            Path file = normal.resolve("p" + n / 2 + "_" + n % 2 + ".png");
            ImageIO.write(image(random), "png", file.toFile());
        }
    }

    static BufferedImage image(Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        int bright = 100 + random.nextInt(100);
        for (int i = 0; i < SIDE * SIDE; i++) {
            boolean head = Math.hypot(i / SIDE - 32, i % SIDE - 32) < 26;
            image.getRaster().setSample(i % SIDE, i / SIDE, 0, head ? bright + random.nextInt(40) : 0);
        }
        return image;
    }
}
