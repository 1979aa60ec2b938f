package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReleaseTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path models;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ModelRelease written = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        ModelRelease read = ModelRelease.load(models.resolve("brain/1"));
        assertThat(read.name()).isEqualTo("brain");
        assertThat(read.version()).isEqualTo("1");
        assertThat(read.digest()).isEqualTo(written.digest()).matches("[0-9a-f]{64}");
        assertThat(read.file()).isEqualTo(written.file());
        assertThat(read.spread()).hasSize(Releases.SIZE * Releases.SIZE).containsOnly(0.5f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.params", "release.json", "spread.f32"})
    void aChangedFileIsNoticed(String name) throws IOException {
        Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Path file = models.resolve("brain/1").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.load(models.resolve("brain/1")))
                .withMessageContaining("SHA256SUMS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.params", "release.json", "spread.f32", "SHA256SUMS"})
    void anAbsentFileIsNamed(String name) throws IOException {
        Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Files.delete(models.resolve("brain/1").resolve(name));
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.load(models.resolve("brain/1")))
                .withMessageContaining(name);
    }

    /** Sealed as it is: no score is below it, nor at it. */
    @ParameterizedTest
    @ValueSource(strings = {"threshold", "mapThreshold", "usualLevel", "specificity"})
    void aCalibrationThatIsNoNumberIsRefusedByItsField(String field) throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        for (String value : new String[] {"NaN", "Infinity"}) {
            ObjectNode content = (ObjectNode)
                    JSON.readTree(release.directory().resolve("release.json").toFile());
            ((ObjectNode) content.get("calibration")).put(field, value);
            Files.writeString(release.directory().resolve("release.json"), JSON.writeValueAsString(content));
            Files.writeString(release.directory().resolve("SHA256SUMS"), Seal.sums(release.directory()));
            assertThatIOException()
                    .isThrownBy(() -> ModelRelease.load(release.directory()))
                    .withMessageContainingAll("release.json", "calibration", field + " " + value);
        }
    }

    /** What may be null says that there is none, or that nothing is asked. */
    @Test
    void whatIsNullAndMayNotBeIsRefusedByItsField() throws IOException {
        Set<String> none = Set.of("studies", "redrawing", "likeness", "calibration.standard");
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Path file = release.directory().resolve(ModelRelease.RELEASE_FILE);
        ObjectNode whole = (ObjectNode) JSON.readTree(file.toFile());
        List<String> passed = new ArrayList<>();
        for (String field : fields(whole)) {
            ObjectNode content = whole.deepCopy();
            String block = field.contains(".") ? "/" + field.substring(0, field.indexOf('.')) : "";
            String name = field.substring(field.indexOf('.') + 1);
            ((ObjectNode) content.at(block)).putNull(name);
            Files.writeString(file, content.toString());
            Files.writeString(release.directory().resolve(ModelRelease.SUMS_FILE), Seal.sums(release.directory()));
            try {
                ModelRelease.load(release.directory());
                passed.add(field);
            } catch (IOException e) {
                assertThat(e).as(field).hasMessageContainingAll("model release " + release.directory(), name);
            }
        }
        assertThat(passed).allMatch(field -> none.contains(field) || field.startsWith("eligibility."));
        Files.writeString(file, whole.toString());
        Files.writeString(release.directory().resolve(ModelRelease.SUMS_FILE), Seal.sums(release.directory()));
        for (String metrics :
                List.of("{\"digest\": null, \"metrics\": {}}", "{\"digest\": \"a\", \"metrics\": null}")) {
            Files.writeString(release.directory().resolve(ReleaseMetrics.FILE), metrics);
            assertThatIOException()
                    .isThrownBy(() -> ReleaseMetrics.of(ModelRelease.load(release.directory())))
                    .withMessageContainingAll(ReleaseMetrics.FILE, metrics.contains("null, ") ? "digest" : "metrics");
        }
    }

    /** Of the first level, and of blocks BLOCK.FIELD. */
    private static List<String> fields(ObjectNode whole) {
        List<String> fields = new ArrayList<>();
        whole.fieldNames().forEachRemaining(name -> {
            fields.add(name);
            whole.get(name).fieldNames().forEachRemaining(inner -> fields.add(name + "." + inner));
        });
        return fields;
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 0, -1})
    void aSpreadThatNothingCanBeDividedByIsRefusedByItsPlace(float value) throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        float[] spread = release.spread();
        spread[7] = value;
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.write(release.directory(), release.file(), spread))
                .withMessageContainingAll("spread.f32", "value 8", String.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "na me;x", "a/b", "", "<b>", "H\u00e4upter"})
    void aNameThatIsNoFoldersIsMadeNoRelease(String name) throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        ReleaseFile named = JSON.treeToValue(named(release, name), ReleaseFile.class);
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.write(release.directory(), named, release.spread()))
                .withMessageContainingAll("model release ", "is named \"" + name + "\"", "letters");
        assertThat(ModelRelease.load(release.directory()).digest()).isEqualTo(release.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "a\\b", "", "a\nb", "a\u0000b", "a\u0085b", "a\u2028b"})
    void aNameThatLeadsElsewhereOrBreaksALineIsRefused(String name) throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        rename(release, name);
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.read(models))
                .withMessageContainingAll("model release ", "the release is named \"", "control character")
                .withMessageMatching("[^\\p{Cc}\u2028]*");
    }

    /** There was no rule before 0.2.0, and a worker reads all releases that are there. */
    @ParameterizedTest
    @ValueSource(strings = {"brain flair", "H\u00e4upter (neu)", "a;b", "..a"})
    void aReleaseOfBeforeKeepsItsName(String name) throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        rename(release, name);
        assertThat(ModelReleases.read(models)).extracting(ModelRelease::model).containsExactly(name + "/1");
    }

    private static ObjectNode named(ModelRelease release, String name) throws IOException {
        ObjectNode content = (ObjectNode) JSON.readTree(
                release.directory().resolve(ModelRelease.RELEASE_FILE).toFile());
        return content.put("name", name);
    }

    private static void rename(ModelRelease release, String name) throws IOException {
        Files.writeString(
                release.directory().resolve(ModelRelease.RELEASE_FILE),
                named(release, name).toString());
        Files.writeString(release.directory().resolve(ModelRelease.SUMS_FILE), Seal.sums(release.directory()));
    }

    @Test
    void anEarlyReleaseScoresAsItDid() throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Path file = release.directory().resolve(ModelRelease.RELEASE_FILE);
        String content = Files.readString(file);
        String early = content.replaceAll(",\\s*\"(coarse|bilateralLimit|levelClip|acrossSlices)\" : 0.0", "");
        assertThat(early)
                .doesNotContain("levelClip")
                .doesNotContain("acrossSlices")
                .isNotEqualTo(content);
        Files.writeString(file, early);
        Files.writeString(release.directory().resolve(ModelRelease.SUMS_FILE), Seal.sums(release.directory()));
        assertThat(ModelRelease.load(release.directory()).file()).isEqualTo(release.file());
    }

    @Test
    void anotherReleaseFileIsAnotherModel() throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        ModelRelease other = Releases.write(models, "brain", Eligibility.NONE);
        assertThat(other.digest()).isNotEqualTo(release.digest());
    }

    @Test
    void metricsLieBesideAReleaseAndNameIt() throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        assertThat(ReleaseMetrics.of(release)).isEmpty();
        ReleaseMetrics.record(release, Map.of("image_auroc", 0.5));
        ModelRelease measured = ModelRelease.load(release.directory());
        assertThat(measured.digest()).isEqualTo(release.digest());
        assertThat(ReleaseMetrics.of(measured).orElseThrow().metrics()).containsEntry("image_auroc", 0.5);
        ModelRelease other = Releases.write(models, "brain", Eligibility.NONE);
        assertThatIOException()
                .isThrownBy(() -> ReleaseMetrics.of(other))
                .withMessageContainingAll(release.digest(), other.digest(), "--record");
    }

    @Test
    void percentilesCountTheNormalsBelow() throws IOException {
        Calibration calibration =
                Releases.write(models, "brain", Releases.AXIAL_FLAIR).file().calibration();
        assertThat(calibration.percentile(0.5)).isZero();
        assertThat(calibration.percentile(2.0)).isEqualTo(25);
        assertThat(calibration.percentile(3.5)).isEqualTo(75);
        assertThat(calibration.percentile(99)).isEqualTo(100);
    }
}
