package org.rigatino.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.rigatino.image.Frame;

/**
 * One directory {@code models/NAME/VERSION}. Immutable.
 *
 * <ul>
 *   <li>{@code release.json}: {@link ReleaseFile}
 *   <li>{@code model.params}: {@link Weights} of the networks that draw
 *   <li>{@code model.pt}: instead of those, where the method is {@code torchscript}
 *   <li>{@code critic.params}: those of their critics, where the release carries them
 *   <li>{@code reader.params}: those of what reads image and drawing together, where the release has such
 *   <li>{@code spread.f32}: size*size little-endian float32, row-major, for each of the scoring's planes: the spread of
 *       held-back normals' smoothed differences at each cell
 *   <li>{@code likeness.f32}: {@link NormalLook}, where the release says how far from it an image may be
 *   <li>{@code SHA256SUMS}: hashes of those, as {@code sha256sum} writes them; its own hash is the digest
 *   <li>{@code metrics.json}: {@link ReleaseMetrics}, outside the digest
 *   <li>{@code README.md}: the model card
 * </ul>
 */
public final class ModelRelease {
    public static final String RELEASE_FILE = "release.json";
    public static final String WEIGHTS_FILE = "model.params";
    public static final String SCRIPT_FILE = "model.pt";
    public static final String CRITIC_FILE = "critic.params";
    public static final String READER_FILE = "reader.params";
    public static final String SPREAD_FILE = "spread.f32";
    public static final String LIKENESS_FILE = "likeness.f32";
    public static final String SUMS_FILE = "SHA256SUMS";
    public static final String CARD_FILE = "README.md";

    /** In the folder of a release whose place a later one took. What it says is for people, and no part of the release. */
    public static final String SUPERSEDED_FILE = "SUPERSEDED";

    /** Refuses a frame with hardly anything in it. */
    public static final String FOREGROUND_RULE = "foreground";
    /** Refuses a frame whose gray values are too much alike to be normalised. */
    public static final String CONTRAST_RULE = "contrast";

    /** Those of them that a release's networks lie in. */
    private static final List<String> NETWORK_FILES = List.of(WEIGHTS_FILE, SCRIPT_FILE, CRITIC_FILE, READER_FILE);

    /** What early releases do not have. */
    private static final List<String> LATER = List.of("studies", "redrawing", "likeness", "reader");

    private static final Set<String> NULLABLE =
            Set.of("studies", "redrawing", "likeness", "reader", "calibration.standard");
    /** Blocks whose fields may be null. */
    private static final Pattern UNASKED = Pattern.compile("eligibility|(reader\\.)?training\\.recipe|metrics");

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path directory;
    private final ReleaseFile file;
    private final float[] spread;
    /** Null where the release does not say how far from it an image may be. */
    private final NormalLook look;

    private final String digest;

    private ModelRelease(Path directory, ReleaseFile file, float[] spread, NormalLook look, String digest) {
        this.directory = directory;
        this.file = file;
        this.spread = spread;
        this.look = look;
        this.digest = digest;
    }

    /** @throws IOException where a file is absent, malformed, or does not match its recorded hash */
    public static ModelRelease load(Path directory) throws IOException {
        String digest = Seal.digest(directory);
        ReleaseFile file = parse(directory);
        requireName(directory, file, ReleaseName::requireHarmless);
        requireNetwork(directory, file);
        float[] spread = readSpread(directory.resolve(SPREAD_FILE), file);
        return new ModelRelease(directory, file, spread, NormalLook.of(directory, file.likeness()), digest);
    }

    /** Writes a release that refuses by attributes alone. */
    public static ModelRelease write(Path directory, ReleaseFile file, float[] spread) throws IOException {
        return write(directory, file, spread, Optional.empty());
    }

    /**
     * Writes {@code release.json} and the arrays beside weights that are there already, and seals the directory.
     *
     * @param look there where the file has a likeness
     */
    public static ModelRelease write(Path directory, ReleaseFile file, float[] spread, Optional<NormalLook> look)
            throws IOException {
        requireName(directory, file, ReleaseName::require);
        Files.deleteIfExists(directory.resolve(LIKENESS_FILE));
        if (look.isPresent()) {
            look.get().write(directory.resolve(LIKENESS_FILE));
        }
        ByteBuffer buffer = ByteBuffer.allocate(4 * spread.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : spread) {
            buffer.putFloat(value);
        }
        Files.write(directory.resolve(SPREAD_FILE), buffer.array());
        Files.writeString(directory.resolve(RELEASE_FILE), JSON.writeValueAsString(file) + "\n");
        Files.writeString(directory.resolve(SUMS_FILE), Seal.sums(directory));
        return load(directory);
    }

    private static ReleaseFile parse(Path directory) throws IOException {
        try {
            JsonNode content = JSON.readTree(directory.resolve(RELEASE_FILE).toFile());
            if (content instanceof ObjectNode fields) {
                requireValues(directory, fields, "");
                LATER.stream().filter(field -> !fields.has(field)).forEach(fields::putNull);
            } else {
                throw new IOException("model release " + directory + ": " + RELEASE_FILE + " holds no JSON object");
            }
            zeroWhereAbsent(content.get("scoring"), Scoring.LATER);
            zeroWhereAbsent(content.get("redrawing"), Redrawing.LATER);
            return JSON.treeToValue(content, ReleaseFile.class);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "model release " + directory + ": " + RELEASE_FILE + " is malformed: " + e.getOriginalMessage(), e);
        }
    }

    /** Null is said of what may be absent alone, and by what asks nothing of an image. */
    private static void requireValues(Path directory, JsonNode block, String within) throws IOException {
        for (Map.Entry<String, JsonNode> field : block.properties()) {
            String name = within + field.getKey();
            if (field.getValue().isNull() && !NULLABLE.contains(name)) {
                throw new IOException("model release " + directory + ": " + RELEASE_FILE + " has null for " + name
                        + ", which nothing stands for: a release is made by train or calibrate, not by hand");
            }
            if (!UNASKED.matcher(name).matches()) {
                requireValues(directory, field.getValue(), name + ".");
            }
        }
    }

    private static void zeroWhereAbsent(JsonNode block, List<String> fields) {
        if (block instanceof ObjectNode present) {
            fields.stream().filter(field -> !present.has(field)).forEach(field -> present.put(field, 0.0));
        }
    }

    /** @param rule of its name and its version */
    private static void requireName(Path directory, ReleaseFile file, BiConsumer<String, String> rule)
            throws IOException {
        try {
            rule.accept(file.name(), file.version());
        } catch (IllegalArgumentException e) {
            throw new IOException("model release " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Fails at the start rather than at the first image. */
    private static void requireNetwork(Path directory, ReleaseFile file) throws IOException {
        boolean critic = file.network().sizes().containsKey(Networks.CRITIC);
        try {
            Networks.require(file.method(), file.network(), file.grid().size());
            if (file.reader() != null) {
                Networks.reader(file.reader().network(), file.grid().size());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("model release " + directory + ": " + e.getMessage(), e);
        }
        if (!Files.exists(directory.resolve(Networks.weightsFile(file.method())))) {
            throw new IOException("model release " + directory + " is of method " + file.method() + " but has no "
                    + Networks.weightsFile(file.method()));
        }
        if (file.scoring().criticWeight() > 0 && (!critic || file.calibration().standard() == null)) {
            throw new IOException("model release " + directory + " scores with a critic of weight "
                    + file.scoring().criticWeight() + " but has no critic or no calibration.standard for it");
        }
        if (critic != Files.exists(directory.resolve(CRITIC_FILE))) {
            throw new IOException("model release " + directory + " has "
                    + (critic ? "the size critic but no " + CRITIC_FILE : CRITIC_FILE + " but no size critic"));
        }
        if ((file.reader() != null) != Files.exists(directory.resolve(READER_FILE))) {
            throw new IOException("model release " + directory + " has "
                    + (file.reader() != null
                            ? "a reader in " + RELEASE_FILE + " but no " + READER_FILE
                            : READER_FILE + " but no reader in " + RELEASE_FILE));
        }
    }

    private static float[] readSpread(Path path, ReleaseFile file) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int size = file.grid().size();
        int planes = file.scoring().planes();
        float[] spread = new float[planes * size * size];
        if (bytes.length != 4 * spread.length) {
            throw new IOException(path + " has " + bytes.length + " bytes: " + planes + " planes of a grid of " + size
                    + " need " + 4 * spread.length);
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(spread);
        for (int i = 0; i < spread.length; i++) {
            if (!(spread[i] > 0 && Float.isFinite(spread[i]))) {
                throw new IOException(path + ": value " + (i + 1) + " of " + spread.length + " is " + spread[i]
                        + ", and differences are divided by it: it has to be finite and above 0");
            }
        }
        return spread;
    }

    public String name() {
        return file.name();
    }

    public String version() {
        return file.version();
    }

    /** NAME/VERSION. */
    public String model() {
        return name() + "/" + version();
    }

    public Claim claim() {
        return new Claim(name(), file().eligibility());
    }

    /** SHA-256 in hex over weights, release file, spread, critic, reader and likeness: the model's identity everywhere. */
    public String digest() {
        return digest;
    }

    public Path directory() {
        return directory;
    }

    /** @throws IOException where its files are no longer those that were read */
    public void requireUnchanged() throws IOException {
        String now = Seal.digest(directory);
        if (!now.equals(digest)) {
            throw new IOException(
                    "model release " + directory + " is another one, of digest " + now + ", than was read, " + digest
                            + ": what is there now is seen when it is read anew, so restart what has read it");
        }
    }

    /** @throws IOException where they are no longer those that were read */
    public void copyNetworks(Path folder) throws IOException {
        for (String name : NETWORK_FILES) {
            if (Files.exists(directory.resolve(name))) {
                Files.copy(directory.resolve(name), folder.resolve(name));
            }
        }
        requireUnchanged();
    }

    /** The model card, Markdown; empty where the release has none. */
    public Optional<String> card() throws IOException {
        Path card = directory.resolve(CARD_FILE);
        return Files.isRegularFile(card) ? Optional.of(Files.readString(card)) : Optional.empty();
    }

    /** Whether a later one took its place: it is here for records by which it serves, and to go back to. */
    public boolean superseded() {
        return Files.exists(directory.resolve(SUPERSEDED_FILE));
    }

    public ReleaseFile file() {
        return file;
    }

    /** Planes of size*size, row-major: of the normals' smoothed differences at each cell, in the network's units, positive. */
    public float[] spread() {
        return spread.clone();
    }

    /** A frame framed and normalised as the release says. */
    public NetworkInput input(Frame frame) {
        return NetworkInput.of(file, frame);
    }

    /** The rule that refuses a frame of an eligible instance by its pixels, a blank one for instance. */
    public Optional<Refusal> refusal(NetworkInput input) {
        if (!file.eligibility().covers(input.grid().foregroundShare())) {
            return Optional.of(Refusal.of(FOREGROUND_RULE));
        }
        if (file.normalisation().flat(input.cells(), input.grid().noise())) {
            return Optional.of(Refusal.of(CONTRAST_RULE));
        }
        return unlike(input.normalised().values());
    }

    /**
     * Refuses what lies too far from the normal images; empty also where the release does not say how far that is.
     *
     * @param input size*size, framed and normalised as the release says
     */
    public Optional<Refusal> unlike(float[] input) {
        if (look == null) {
            return Optional.empty();
        }
        int cells = file.likeness().cells();
        float[] coarse = NormalLook.coarse(input, file.grid().size(), cells);
        return file.likeness().refusal(look.distance(coarse));
    }

    /** Which one it is. */
    @Override
    public String toString() {
        return model() + " (digest " + digest + ")";
    }
}
