package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Rigatino;
import org.rigatino.Slow;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Restorer;
import picocli.CommandLine;

/** Trainings of a few steps become one release. */
@Slow
class EnsembleCommandTest {
    private static final int SIDE = 64;

    @TempDir
    static Path folder;

    @BeforeAll
    static void trainMembers() throws IOException {
        writeData(folder.resolve("data"), 4);
        train("a", "--seed", "1");
        train("b", "--seed", "2");
        train("other", "--seed", "3", "--width", "3");
    }

    private static void writeData(Path data, int seed) throws IOException {
        Files.createDirectory(data);
        List<String> manifest = new ArrayList<>(List.of("file,split,label,mask,patient"));
        Random random = new Random(seed);
        for (int n = 0; n < 10; n++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean head = Math.hypot(i / SIDE - 32, i % SIDE - 32) < 26;
                image.getRaster().setSample(i % SIDE, i / SIDE, 0, head ? 90 + random.nextInt(20) : 0);
            }
            ImageIO.write(image, "png", data.resolve(n + ".png").toFile());
            manifest.add(n + ".png," + (n < 7 ? "train_normal" : "unlabeled") + ",normal,,p" + n);
        }
        Files.write(data.resolve("manifest.csv"), manifest);
    }

    private static void train(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("train", "--width", "2", "--iterations", "2", "--batch", "2"));
        arguments.addAll(List.of("--adversarial-weight", "0.01", "--release-critic", "--device", "cpu", "--try"));
        arguments.addAll(List.of("--data", folder.resolve("data").toString(), "--out", release(name)));
        arguments.addAll(List.of("--work", folder.resolve("work-" + name).toString()));
        arguments.addAll(List.of(options));
        if (arguments.lastIndexOf("--width") > 1) {
            arguments.subList(1, 3).clear();
        }
        assertThat(run(arguments)).contains("wrote");
    }

    private static String release(String name) {
        return folder.resolve("models").resolve(name).resolve("1").toString();
    }

    private static String ensemble(String out, String precision, String... members) {
        List<String> arguments = new ArrayList<>(List.of("release", "ensemble", "--device", "cpu"));
        for (String member : members) {
            arguments.addAll(List.of("--member", release(member)));
        }
        arguments.addAll(List.of("--data", folder.resolve("data").toString(), "--out", release(out)));
        arguments.addAll(List.of("--precision", precision));
        return run(arguments);
    }

    private static String run(List<String> arguments) {
        StringWriter console = new StringWriter();
        new CommandLine(new Rigatino())
                .setOut(new PrintWriter(console))
                .setErr(new PrintWriter(console))
                .execute(arguments.toArray(String[]::new));
        return console.toString();
    }

    private static float[] restored(ModelRelease release, float[] image) {
        try (Restorer restorer = Restorer.open(release, "cpu", 1)) {
            return restorer.restore(image);
        }
    }

    @Test
    void membersOfTwoSeedsBecomeOneCalibratedRelease() throws IOException {
        assertThat(ensemble("both", "float32", "a", "b")).contains("of 2 networks");
        ModelRelease a = ModelRelease.load(Path.of(release("a")));
        ModelRelease b = ModelRelease.load(Path.of(release("b")));
        ModelRelease both = ModelRelease.load(Path.of(release("both")));
        assertThat(both.directory().resolve(ModelRelease.CRITIC_FILE)).exists();
        assertThat(both.file().network().members()).isEqualTo(2);

        float[] image = new float[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) Math.sin(i / 50.0) / 2;
        }
        float[] ofA = restored(a, image);
        float[] ofB = restored(b, image);
        float[] mean = restored(both, image);
        assertThat(ofA).isNotEqualTo(ofB);
        for (int i = 0; i < image.length; i++) {
            assertThat((double) mean[i]).isCloseTo(((double) ofA[i] + ofB[i]) / 2, within(1e-6));
        }

        ReleaseFile.Training training = both.file().training();
        assertThat(training.command()).startsWith("rigatino release ensemble --device cpu --member");
        assertThat(training.trainedImages()).isEqualTo(a.file().training().trainedImages());
        assertThat(training.calibrationImages())
                .isEqualTo(a.file().calibration().scores().size());
        assertThat(both.file().calibration()).isNotEqualTo(a.file().calibration());
        assertThat((List<?>) training.recipe().get("members"))
                .map(member -> ((Map<?, ?>) member).get("command"))
                .isEqualTo(List.of(
                        a.file().training().command(), b.file().training().command()));
    }

    @Test
    void oneMemberIsStoredInHalfPrecision() throws IOException {
        assertThat(ensemble("half", "float16", "a")).contains("of 1 networks");
        ModelRelease half = ModelRelease.load(Path.of(release("half")));
        assertThat(half.file().network().precision()).isEqualTo(ReleaseFile.Precision.FLOAT16);
        Path weights = Path.of(release("a")).resolve(ModelRelease.WEIGHTS_FILE);
        assertThat(Files.size(half.directory().resolve(ModelRelease.WEIGHTS_FILE)))
                .isLessThan(Files.size(weights) * 3 / 4);
    }

    @Test
    void whatIsNoEnsembleIsRefusedInOneLine() throws IOException {
        assertThat(ensemble("no", "float32", "a", "a"))
                .startsWith("rigatino release ensemble: two members are of the seed 1")
                .hasLineCount(1);
        assertThat(ensemble("no", "float32", "a", "other"))
                .contains("differ in network", "width=2", "width=3")
                .hasLineCount(1);
        assertThat(ensemble("no", "float64", "a", "b")).contains("float32 or float16");
        assertThat(ensemble("no", "float32", "nowhere")).contains("nowhere").hasLineCount(1);
        Path manifest = folder.resolve("data/manifest.csv");
        List<String> lines = Files.readAllLines(manifest);
        try {
            Files.write(manifest, lines.subList(0, 5));
            assertThat(ensemble("no", "float32", "a", "b"))
                    .contains("give the --data and --validation-share that it learnt from");
        } finally {
            Files.write(manifest, lines);
        }
        assertThat(Path.of(release("no"))).doesNotExist();
    }

    /** As an export anew does: as many patients, and others of them are held back. */
    @Test
    void imagesThatAMemberHasLearntFromAreNoneHeldBackWhateverTheirPatientsAreCalled() throws IOException {
        Path manifest = folder.resolve("data/manifest.csv");
        List<String> lines = Files.readAllLines(manifest);
        List<String> anew = new ArrayList<>(lines);
        for (int n = 0; n < 7; n++) {
            anew.set(1 + n, n + ".png,train_normal,normal,,p" + (n + 1) % 7);
        }
        try {
            Files.write(manifest, anew);
            assertThat(ensemble("anew", "float32", "a", "b"))
                    .startsWith("rigatino release ensemble: --data: 1 of the 1 held-back normal images is among those"
                            + " that a/1 learnt from")
                    .containsPattern("\\R\\d\\.png\\R");
        } finally {
            Files.write(manifest, lines);
        }
        assertThat(Path.of(release("anew"))).doesNotExist();
    }

    @Test
    void asManyOtherImagesAreNotWhatTheMembersLearntFrom() throws IOException {
        Path other = folder.resolve("other-data");
        writeData(other, 5);
        List<String> arguments = new ArrayList<>(List.of("release", "ensemble", "--device", "cpu"));
        arguments.addAll(List.of("--member", release("a"), "--member", release("b")));
        arguments.addAll(List.of("--data", other.toString(), "--out", release("elsewhere")));
        assertThat(run(arguments))
                .startsWith("rigatino release ensemble: --data: 6 of the 6 images of other-data that are not held back"
                        + " are none that a/1 learnt from")
                .hasLineCount(1);
        assertThat(Path.of(release("elsewhere"))).doesNotExist();
    }
}
