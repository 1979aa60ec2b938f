package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;

class ImageFileTest {
    @TempDir
    Path folder;

    private Frame written(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("image." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return ImageFile.read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void grayKeepsAllSixteenBits(String format) throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        int[] values = {1, 258, 65535};
        for (int x = 0; x < 3; x++) {
            image.getRaster().setSample(x, 0, 0, values[x]);
        }
        Frame frame = written(image, format);
        assertThat(frame.values()).containsExactly(1, 258, 65535);
        assertThat(frame.display()).containsExactly(0, 1, (byte) 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "jpg"})
    void grayOfEightBitsIsTakenAsItLies(String format) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, 200);
        }
        Frame frame = written(image, format);
        assertThat(frame.rows()).isEqualTo(8);
        assertThat(frame.values()).containsOnly(200);
        assertThat(frame.display()).containsOnly((byte) 200);
    }

    /** 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15, in whatever order the file keeps its bands. */
    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_4BYTE_ABGR})
    void colourBecomesLuminance(int type) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, type);
        image.setRGB(0, 0, 0xFF000000 | 10 << 16 | 20 << 8 | 30);
        image.setRGB(1, 0, 0xFF000000 | 77 << 16 | 77 << 8 | 77);
        for (String format : new String[] {"png", "tiff"}) {
            Frame frame = written(image, format);
            assertThat(frame.values()[0]).isCloseTo(18.15f, within(1e-4f));
            assertThat(frame.values()[1]).isEqualTo(77);
        }
    }

    /** JPEG keeps colour as luminance and two differences of it, 8 bits each: a level or two are lost on the way. */
    @ParameterizedTest
    @ValueSource(ints = {0xFF0000, 0x00FF00, 0x0000FF, 0x0A141E, 0xC8C8C8})
    void colourOfAJpegBecomesLuminance(int colour) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, colour);
        }
        Frame frame = written(image, "jpg");
        float luminance = 0.299f * (colour >> 16) + 0.587f * (colour >> 8 & 0xFF) + 0.114f * (colour & 0xFF);
        assertThat(frame.rows()).isEqualTo(16);
        for (int i = 0; i < 256; i++) {
            assertThat(frame.values()[i]).isCloseTo(luminance, within(2f));
            assertThat((float) (frame.display()[i] & 0xFF)).isCloseTo(luminance, within(2.5f));
        }
    }

    @Test
    void aPaletteIsLookedUp() throws IOException {
        byte[] red = {(byte) 200, 10};
        byte[] green = {(byte) 200, 20};
        byte[] blue = {(byte) 200, 30};
        BufferedImage image =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, green, blue));
        image.getRaster().setSample(1, 0, 0, 1);
        Frame frame = written(image, "png");
        assertThat(frame.values()[0]).isEqualTo(200);
        assertThat(frame.values()[1]).isCloseTo(18.15f, within(1e-4f));
    }

    /** As it lies in the file, whatever the file is called. */
    @Test
    void aDicomFileIsItsOneFrame() throws IOException {
        Path file = PixelFiles.write(folder, PixelFiles.header(1, 3).putPixels(PixelFiles.words(1, 258, 65535)));
        Frame frame = ImageFile.read(Files.move(file, folder.resolve("image")));
        assertThat(frame.values()).containsExactly(1, 258, 65535);
        assertThat(frame.columns()).isEqualTo(3);
        Path two = PixelFiles.write(
                folder, PixelFiles.header(1, 1).put(Tag.NumberOfFrames, 2).putPixels(PixelFiles.words(1, 2)));
        assertThatIOException()
                .isThrownBy(() -> ImageFile.read(two))
                .withMessageContainingAll(two.toString(), "has 2 frames, and one image is asked for");
        Path without = PixelFiles.write(folder, PixelFiles.header(1, 3));
        assertThatIOException().isThrownBy(() -> ImageFile.read(without)).withMessageContaining(without.toString());
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path noImage = Files.writeString(folder.resolve("notes.png"), "no image");
        assertThatIOException()
                .isThrownBy(() -> ImageFile.read(noImage))
                .withMessageContainingAll("notes.png", "cannot be read");
        assertThatIOException()
                .isThrownBy(() -> ImageFile.read(folder.resolve("absent.png")))
                .withMessageContainingAll("absent.png", "cannot be read");
        Path cut = folder.resolve("cut.png");
        written(new BufferedImage(50, 50, BufferedImage.TYPE_BYTE_GRAY), "png");
        byte[] bytes = Files.readAllBytes(folder.resolve("image.png"));
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatIOException().isThrownBy(() -> ImageFile.read(cut)).withMessageContaining("cut.png");
    }

    /** Of what is cut off or damaged within, decoders make gray or repeated rows, which nobody shall learn from. */
    @ParameterizedTest
    @CsvSource({
        "jpg,0.3",
        "jpg,0.6",
        "jpg,0.9",
        "jpg,0.999",
        "png,0.3",
        "png,0.6",
        "png,0.9",
        "png,0.98",
        "tiff,0.3",
        "tiff,0.9"
    })
    void whatIsCutOffIsRefused(String format, double share) throws IOException {
        Path file = noise(format);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
        assertThatIOException().isThrownBy(() -> ImageFile.read(file)).withMessageContaining(file.toString());
    }

    @Test
    void aJpegThatIsDamagedWithinIsRefused() throws IOException {
        Path file = noise("jpg");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 200, (byte) 0xFF);
        Files.write(file, bytes);
        assertThatIOException().isThrownBy(() -> ImageFile.read(file)).withMessageContaining(file.toString());
    }

    private Path noise(String format) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            image.getRaster().setSample(i % 64, i / 64, 0, random.nextInt(256));
        }
        Path file = folder.resolve("noise." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        assertThat(ImageFile.read(file).rows()).isEqualTo(64);
        return file;
    }
}
