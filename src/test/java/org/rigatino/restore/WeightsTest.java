package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rigatino.Slow;

/** Weights that somebody sealed as they are. */
@Slow
class WeightsTest {
    @TempDir
    Path folder;

    /** Of the first array that has four dimensions: {@code dtype}, int dimensions, longs, int layouts, chars, byte order, int bytes. */
    enum Damage {
        NO_SUCH_TYPE(bytes -> bytes.put(bytes.position() - 1, (byte) '9')),
        NO_TEXT(bytes -> bytes.put(bytes.position() - 3, (byte) 0xFF)),
        NEGATIVE_DIMENSIONS(bytes -> bytes.putInt(-4)),
        ENDLESS_DIMENSIONS(bytes -> bytes.putInt(Integer.MAX_VALUE)),
        BEYOND_AN_INT(bytes -> bytes.putLong(bytes.position() + 4, 1L << 40)),
        BEYOND_THE_ENGINE(
                bytes -> bytes.putLong(bytes.position() + 4, 1L << 62).putLong(bytes.position() + 12, 1L << 62)),
        OTHER_SHAPE(bytes -> bytes.putLong(bytes.position() + 4, 3));

        private final Consumer<ByteBuffer> does;

        Damage(Consumer<ByteBuffer> does) {
            this.does = does;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDamagedIsNamedWithWhatToDo(Damage damage) throws IOException {
        ModelRelease good = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path weights = good.directory().resolve(ModelRelease.WEIGHTS_FILE);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(weights));
        damage.does.accept(bytes.position(afterType(bytes)));
        Files.write(weights, bytes.array());
        ModelRelease release = ModelRelease.write(good.directory(), good.file(), good.spread());
        assertThatThrownBy(() -> Restorer.open(release, "cpu", 4))
                .isInstanceOf(RestorerException.class)
                .hasMessageStartingWith(weights + " cannot be read as weights: ")
                .hasMessageContaining(". Put release tiny/1 back as it was published, or move it away");
    }

    private static int afterType(ByteBuffer bytes) {
        String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        String type = "FLOAT32";
        int at = text.indexOf(type);
        while (bytes.getInt(at + type.length()) != 4) {
            at = text.indexOf(type, at + 1);
        }
        return at + type.length();
    }
}
