package org.rigatino.restore;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.rigatino.image.Framing;
import org.rigatino.network.ImageBlock;

/** Small releases with untrained networks, for tests. */
public final class Releases {
    public static final int SIZE = 32;

    public static final Eligibility AXIAL_FLAIR = new Eligibility(
            List.of("MR"),
            List.of("MONOCHROME2"),
            16,
            List.of("LOCALIZER", "SECONDARY"),
            List.of("HEAD", "BRAIN"),
            "HEAD|BRAIN",
            "FLAIR",
            "T1[ _-]*FLAIR",
            Plane.AXIAL,
            30,
            0.05,
            List.of(),
            null);

    public static final ReleaseFile.Network NETWORK =
            ReleaseFile.Network.single(Map.of("width", 2, "patch", 16, "position", 1, "gate", 1));

    /** Of a reader. */
    public static final ReleaseFile.Network READER =
            ReleaseFile.Network.single(Map.of("width", 2, "patch", SIZE, "position", 1, "gate", 1));

    private static List<ModelRelease> all;

    private Releases() {}

    /** Of models/, also those that are superseded; read once a JVM, as the first compiler takes seconds for their digests. */
    public static synchronized List<ModelRelease> all() throws IOException {
        if (all == null) {
            all = ModelReleases.read(Path.of("models"));
        }
        return all;
    }

    /** Of models/. @param model NAME/VERSION */
    public static ModelRelease of(String model) throws IOException {
        return all().stream()
                .filter(release -> release.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    /** Of models/, those that serve. */
    public static List<ModelRelease> shipped() throws IOException {
        return ModelReleases.ofAll(ModelReleases.current(all())).all();
    }

    /** Where models/ is at hand. */
    @Vetoed
    public static final class AllAtHand extends ReleasesAtHand {
        @Override
        public synchronized List<ModelRelease> all() throws IOException {
            return Releases.all();
        }
    }

    public static ModelRelease shipped(String name) throws IOException {
        return shipped().stream()
                .filter(release -> release.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static ModelRelease write(Path models, String name, Eligibility eligibility) throws IOException {
        return write(models, name, eligibility, NETWORK, SIZE, 3);
    }

    /** Of slices that are joined with those beside them. */
    public static ModelRelease writeJoined(Path models, String name, Eligibility eligibility) throws IOException {
        return join(write(models, name, eligibility).directory());
    }

    /** Has a release join slices, and makes it another by that. */
    public static ModelRelease join(Path directory) throws IOException {
        ModelRelease apart = ModelRelease.load(directory);
        ReleaseFile own = apart.file();
        Scoring scoring = own.scoring();
        Scoring joined = new Scoring(
                scoring.sign(),
                scoring.smoothing(),
                scoring.topShare(),
                scoring.bilateral(),
                scoring.criticWeight(),
                scoring.ownLevel(),
                scoring.coarse(),
                scoring.bilateralLimit(),
                scoring.levelClip(),
                0.5);
        ReleaseFile file = own.but(draft -> {
            draft.scoring = joined;
            draft.likeness = null;
        });
        return ModelRelease.write(directory, file, apart.spread());
    }

    /** @param seed of the first member's weights, the next ones' follow */
    public static ModelRelease write(
            Path models, String name, Eligibility eligibility, ReleaseFile.Network network, int size, int seed)
            throws IOException {
        Path directory = Files.createDirectories(models.resolve(name).resolve("1"));
        write(directory.resolve(ModelRelease.WEIGHTS_FILE), network, seed, () -> drawing(network, size));
        if (network.sizes().containsKey(Networks.CRITIC)) {
            write(directory.resolve(ModelRelease.CRITIC_FILE), network, seed, () -> Networks.critic(network, size));
        }
        float[] spread = new float[size * size];
        Arrays.fill(spread, 0.5f);
        return ModelRelease.write(directory, file(name, eligibility, network, size), spread);
    }

    /** The same network, which scores images otherwise. */
    public static ModelRelease write(Path models, String name, Eligibility eligibility, Scoring scoring)
            throws IOException {
        ModelRelease other = write(models, name, eligibility);
        ReleaseFile file = other.file();
        return ModelRelease.write(other.directory(), file.but(draft -> draft.scoring = scoring), other.spread());
    }

    /** The same with a reader, in its place. */
    public static ModelRelease withReader(ModelRelease release, int seed) throws IOException {
        write(release.directory().resolve(ModelRelease.READER_FILE), READER, seed, () -> Networks.reader(READER, SIZE));
        ReleaseFile.Reader reader =
                new ReleaseFile.Reader(READER, release.file().training());
        return ModelRelease.write(release.directory(), release.file().withReader(reader), release.spread());
    }

    /** Makes a weight of the reader's one that is no number. */
    public static void damageReader(ModelRelease release) throws IOException {
        Path file = release.directory().resolve(ModelRelease.READER_FILE);
        try (NDManager manager = PyTorch.engine().newBaseManager(PyTorch.device("cpu"))) {
            List<ImageBlock> readers = Weights.read(file, manager, READER, () -> Networks.reader(READER, SIZE));
            readers.get(0).getParameters().valueAt(0).getArray().muli(Float.NaN);
            Weights.write(file, manager, readers, READER.precision(), () -> Networks.reader(READER, SIZE));
        }
    }

    private static ImageBlock drawing(ReleaseFile.Network network, int size) {
        return Networks.drawing(Networks.SAGAN, network, size);
    }

    /** The same release under another version, and so another digest, as a shadow of the first. */
    public static Path again(Path release, Path models, String version) throws IOException {
        return again(release, models, version, "");
    }

    /** The same under another version, which also takes series that are called by another word. */
    public static Path again(Path release, Path models, String version, String word) throws IOException {
        Path copy = models.resolve(release.getParent().getFileName()).resolve(version);
        FileUtils.copyDirectory(release.toFile(), copy.toFile());
        Path file = copy.resolve(ModelRelease.RELEASE_FILE);
        String before = DigestUtils.sha256Hex(Files.readAllBytes(file));
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("\"version\" : \"[^\"]*\"", "\"version\" : \"" + version + "\"")
                        .replaceFirst(
                                "(\"seriesDescription\" : \"[^\"]*)\"", word.isEmpty() ? "$0" : "$1|" + word + "\""));
        Path sums = copy.resolve(ModelRelease.SUMS_FILE);
        Files.writeString(
                sums, Files.readString(sums).replace(before, DigestUtils.sha256Hex(Files.readAllBytes(file))));
        return copy;
    }

    private static void write(Path file, ReleaseFile.Network network, int seed, Supplier<ImageBlock> empty)
            throws IOException {
        try (NDManager manager = PyTorch.engine().newBaseManager(PyTorch.device("cpu"))) {
            List<ImageBlock> members = new ArrayList<>();
            for (int i = 0; i < network.members(); i++) {
                PyTorch.engine().setRandomSeed(seed + i);
                members.add(empty.get());
                members.get(i).initialize(manager, DataType.FLOAT32, new Shape(1));
            }
            Weights.write(file, manager, members, network.precision(), empty);
        }
    }

    private static ReleaseFile file(String name, Eligibility eligibility, ReleaseFile.Network network, int size) {
        return new ReleaseFile(
                name,
                "1",
                "sagan",
                "For tests.",
                new ReleaseFile.Grid(Framing.HEAD, size),
                network,
                new Normalisation(Normalisation.Statistics.MOMENTS, -4, 4, 0.1),
                new Scoring(Scoring.Sign.BRIGHTER, 1, 0.01, 1),
                eligibility,
                new Calibration(List.of(1.0, 2.0, 3.0, 4.0), 0.75, 4.0, 2.0),
                new ReleaseFile.Training("none", "none", "none", 1, 3, 0, 0, 4, Map.of()),
                List.of());
    }
}
