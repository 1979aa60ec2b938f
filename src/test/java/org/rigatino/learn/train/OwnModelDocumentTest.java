package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tool;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Restorer;

/** Runs what docs/models.md says, its Python and its commands. */
@Timeout(300)
class OwnModelDocumentTest {
    private static final int SIDE = 64;
    private static final String COMPARISON =
            """

            import numpy
            values = numpy.fromfile("input.f32", dtype="<f4").reshape(1, 1, 64, 64)
            with torch.no_grad():
                network(torch.from_numpy(values)).numpy().astype("<f4").tofile("output.f32")
            """;

    @TempDir
    Path folder;

    @AfterEach
    void forgetModels() {
        DocumentedCommands.forgetModels();
    }

    @Test
    void theNetworkServesAndDrawsWhatPythonDraws() throws Exception {
        assumeTrue(
                Tool.run("/usr/bin/python3", "-c", "import torch, numpy").exitCode() == 0,
                "absent: python3-torch, python3-numpy");
        float[] image = image();
        runPython(image);
        writeData();
        DocumentedCommands document = new DocumentedCommands(folder);
        List<String> commands = document.commands("release import");
        assertThat(commands).hasSize(4);

        assertThat(document.run(commands.get(0))).contains("wrote");
        try (Restorer restorer = Restorer.open(ModelRelease.load(folder.resolve("own/flair/1")), "cpu", 8)) {
            float[] expected = floats(folder.resolve("output.f32"));
            float[] drawn = restorer.restore(image);
            assertThat(expected).hasSameSizeAs(drawn).isNotEqualTo(image);
            for (int i = 0; i < drawn.length; i++) {
                assertThat(drawn[i]).isCloseTo(expected[i], within(1e-5f));
            }
        }
        assertThat(document.run(commands.get(1))).contains("flair/1");
        assertThat(document.run(commands.get(2))).contains("wrote");
        assertThat(ModelRelease.load(folder.resolve("sites/flair/1")).file().method())
                .isEqualTo("torchscript");
        assertThat(document.run(commands.get(3))).containsPattern("IMAGE.dcm: image 1 score \\d");
        try (Stream<Path> overlays = Files.list(folder.resolve("out/overlays"))) {
            assertThat(overlays).hasSize(2);
        }
    }

    private void runPython(float[] image) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(4 * image.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(image);
        Files.write(folder.resolve("input.f32"), bytes.array());
        Files.writeString(
                folder.resolve("network.py"), DocumentedCommands.block("python", "import torch") + COMPARISON);
        Tool.runSuccessfully("/bin/sh", "-c", "cd '" + folder + "' && OMP_NUM_THREADS=1 /usr/bin/python3 network.py");
    }

    private static float[] image() {
        Random random = new Random(7);
        float[] image = new float[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) Math.sin(i / 300.0) / 2 + random.nextFloat() / 2;
        }
        return image;
    }

    private static float[] floats(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private void writeData() throws IOException {
        Files.copy(Path.of("models/brain-flair/profile.json"), folder.resolve("profile.json"));
        Heads.write(folder.resolve("SITE"), 20);
        Files.createDirectory(folder.resolve("DATA"));
        List<String> manifest = new ArrayList<>(List.of("file,split,label,mask,patient"));
        Random random = new Random(8);
        for (int n = 0; n < 28; n++) {
            ImageIO.write(
                    Heads.image(random),
                    "png",
                    folder.resolve("DATA/" + n + ".png").toFile());
            String split = n < 20 ? "train_normal,normal" : "dev_test," + (n % 2 == 0 ? "normal" : "abnormal");
            manifest.add(n + ".png," + split + ",,p" + n);
        }
        Files.write(folder.resolve("DATA/manifest.csv"), manifest);
        Files.write(folder.resolve("IMAGE.dcm"), flair().encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    private static Dataset flair() {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            boolean head = Math.hypot(i / SIDE - 32, i % SIDE - 32) < 26;
            pixels[i] = (short) (head ? 500 + i % 97 : 0);
        }
        return PixelFiles.flair("2.25.1", SIDE, pixels);
    }
}
