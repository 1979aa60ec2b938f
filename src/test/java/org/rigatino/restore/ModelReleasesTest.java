package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

class ModelReleasesTest {
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
        assertThat(releases.choose(header).refusalRule()).isEqualTo("photometric-interpretation");
        assertThat(releases.choose(header).release()).isNull();
        assertThat(releases.choose(new Dataset()).refusalRule()).isEqualTo("modality");
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
    void withoutAReleaseEveryImageIsRefused() throws IOException {
        assertThat(ModelReleases.load(models).choose(new Dataset()).refusalRule())
                .isEqualTo("no-model");
    }

    @Test
    void anAbsentDirectoryIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> ModelReleases.load(models.resolve("nowhere")))
                .withMessageContainingAll("nowhere", "rigatino.restore.models");
    }
}
