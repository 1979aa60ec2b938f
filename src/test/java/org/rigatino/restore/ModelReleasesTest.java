package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

class ModelReleasesTest {
    private static final Eligibility CHEST_RADIOGRAPH = new Eligibility(
            List.of("CR", "DX"),
            List.of("MONOCHROME1", "MONOCHROME2"),
            16,
            List.of("SECONDARY"),
            List.of("CHEST"),
            "CHEST|THORAX",
            null,
            null,
            null,
            0,
            0.05,
            List.of(),
            null);

    @TempDir
    Path models;

    @Test
    void theRuleOfTheNearestReleaseIsNamed() throws IOException {
        Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Releases.write(models, "unused", Eligibility.NONE);
        Files.writeString(models.resolve("brain/profile.json"), "{}");
        ModelReleases releases = ModelReleases.load(models);
        assertThat(releases.all()).extracting(ModelRelease::name).containsExactly("brain", "unused");
        Dataset header = new Dataset().put(Tag.Modality, "MR");
        assertThat(releases.choose(header, 1).refusal().rule()).isEqualTo("photometric-interpretation");
        assertThat(releases.choose(header, 1).release()).isNull();
        assertThat(releases.choose(new Dataset(), 1).refusal().rule()).isEqualTo("modality");
    }

    @Test
    void twoReleasesForTheSameImagesStopTheStart() throws IOException {
        Releases.write(models, "one", Releases.AXIAL_FLAIR);
        Releases.write(models, "two", Releases.AXIAL_FLAIR);
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.load(models))
                .withMessageContainingAll("one", "two", "same images");
    }

    @Test
    void oneInShadowIsLeftOutAndMustBeThere() throws IOException {
        Releases.write(models, "one", Releases.AXIAL_FLAIR);
        Releases.write(models, "two", Releases.AXIAL_FLAIR);
        assertThat(ModelReleases.load(models, Set.of("one/1")).all())
                .extracting(ModelRelease::name)
                .containsExactly("two");
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.load(models, Set.of("one")))
                .withMessageContainingAll("rigatino.restore.shadow names one,", "NAME/VERSION");
    }

    @Test
    void aReleaseThatALinkLeadsToIsThereOnceAndALoopIsNamed(@TempDir Path elsewhere) throws IOException {
        Path release = Releases.write(elsewhere, "brain", Releases.AXIAL_FLAIR).directory();
        Files.createSymbolicLink(models.resolve("brain"), release.getParent());
        Files.createSymbolicLink(release.resolveSibling("latest"), release);
        assertThat(ModelReleases.load(models).all())
                .singleElement()
                .extracting(ModelRelease::directory)
                .isEqualTo(models.resolve("brain/1"));
        Path loop = Files.createSymbolicLink(models.resolve("loop"), models);
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.load(models))
                .withMessageContainingAll("cannot look through " + models, loop.toString());
    }

    @Test
    void linksThatLeadNowhereAreToldBesideWhatElseIsBroken() throws IOException {
        Path first = Releases.write(models, "brain", Releases.AXIAL_FLAIR).directory();
        Files.delete(first.resolve("release.json"));
        Path gone = Path.of("unmounted");
        Path file = Files.createSymbolicLink(first.resolve("release.json"), gone);
        Path version = Files.createSymbolicLink(first.resolveSibling("2"), gone);
        Path name = Files.createSymbolicLink(models.resolve("chest"), gone);
        Path itself = Files.createSymbolicLink(models.resolve("loop"), Path.of("loop"));
        Path broken = Releases.write(models, "unused", Eligibility.NONE).directory();
        Files.delete(broken.resolve("SHA256SUMS"));
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.load(models))
                .withMessageContainingAll(
                        file + " leads to unmounted",
                        version + " leads to unmounted",
                        name + " leads to unmounted",
                        itself + " leads to loop",
                        broken + " has no SHA256SUMS");
    }

    /** Beside their own places, and in an order in which the copy comes first. */
    @Test
    void aCopyOfAReleaseIsThereOnceAndByItsOwnNameWhereOneHasIt() throws IOException {
        Path own = Releases.write(models, "brain", Releases.AXIAL_FLAIR).directory();
        FileUtils.copyDirectory(
                own.toFile(), models.resolve("backup/brain-1.bak").toFile());
        FileUtils.copyDirectory(own.toFile(), own.resolveSibling("1.bak").toFile());
        assertThat(ModelReleases.load(models).all())
                .singleElement()
                .extracting(ModelRelease::directory)
                .isEqualTo(own);
        FileUtils.deleteDirectory(own.toFile());
        assertThat(ModelReleases.load(models).all())
                .singleElement()
                .extracting(ModelRelease::model)
                .isEqualTo("brain/1");
    }

    @Test
    void versionsOfOneReleaseStopTheStartWhateverTheyAskFor() throws IOException {
        Path first = Releases.write(models, "brain", Releases.AXIAL_FLAIR).directory();
        Releases.again(first, models, "2", "TIRM");
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.load(models))
                .withMessageContainingAll("brain/2", "rigatino.restore.shadow");
        assertThat(new Claim("brain", Releases.AXIAL_FLAIR).overlaps(new Claim("brain", CHEST_RADIOGRAPH)))
                .isTrue();
        assertThat(new Claim("brain", Releases.AXIAL_FLAIR).overlaps(new Claim("chest", CHEST_RADIOGRAPH)))
                .isFalse();
    }

    @Test
    void oneThatIsSupersededIsLeftOutBesideAnotherOfItsNameAndServesAlone() throws IOException {
        Path first = Releases.write(models, "brain", Releases.AXIAL_FLAIR).directory();
        Files.createFile(first.resolve(ModelRelease.SUPERSEDED_FILE));
        assertThat(ModelReleases.load(models).all())
                .extracting(ModelRelease::model)
                .containsExactly("brain/1");
        Releases.write(models, "chest", CHEST_RADIOGRAPH);
        assertThat(ModelReleases.load(models).all())
                .extracting(ModelRelease::model)
                .containsExactly("brain/1", "chest/1");
        Path second = Releases.again(first, models, "2", "TIRM");
        Files.delete(second.resolve(ModelRelease.SUPERSEDED_FILE));
        assertThat(ModelReleases.load(models).all())
                .extracting(ModelRelease::model)
                .containsExactly("brain/2", "chest/1");
        assertThat(ModelReleases.load(models, Set.of("brain/1")).all())
                .extracting(ModelRelease::model)
                .containsExactly("brain/2", "chest/1");
    }

    /** Otherwise nobody would judge those images. */
    @Test
    void oneThatIsInShadowTakesThePlaceOfNone() throws IOException {
        Path first = Releases.write(models, "brain", Releases.AXIAL_FLAIR).directory();
        Releases.again(first, models, "2", "TIRM");
        Files.createFile(first.resolve(ModelRelease.SUPERSEDED_FILE));
        assertThat(ModelReleases.load(models, List.of("brain/2")).all())
                .extracting(ModelRelease::model)
                .containsExactly("brain/1");
    }

    @Test
    void releasesOfOtherModalitiesServeSideBySide() throws IOException {
        Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Releases.write(models, "chest", CHEST_RADIOGRAPH);
        ModelReleases releases = ModelReleases.load(models);
        Dataset image = new Dataset()
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 256)
                .put(Tag.Columns, 256)
                .put(Tag.SeriesDescription, "Ax FLAIR")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
        image.put(Tag.Modality, "MR").put(Tag.BodyPartExamined, "BRAIN");
        assertThat(releases.choose(image, 1).release().name()).isEqualTo("brain");
        image.put(Tag.Modality, "DX").put(Tag.BodyPartExamined, "CHEST");
        assertThat(releases.choose(image, 1).release().name()).isEqualTo("chest");
    }

    @Test
    void withoutAReleaseEveryImageIsRefused() throws IOException {
        assertThat(ModelReleases.load(models).choose(new Dataset(), 1).refusal().rule())
                .isEqualTo("no-model");
    }

    @Test
    void anAbsentDirectoryIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.load(models.resolve("nowhere")))
                .withMessageContainingAll("nowhere", "rigatino.restore.models");
    }
}
