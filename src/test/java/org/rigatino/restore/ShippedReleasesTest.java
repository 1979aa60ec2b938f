package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** The releases in the repository as they are. */
class ShippedReleasesTest {
    private static final long LARGEST = 25_000_000;

    @Test
    void areSealedSmallMeasuredAndCarryACard() throws IOException {
        ModelReleases releases = ModelReleases.load(Path.of("models"));
        assertThat(releases.all()).extracting(ModelRelease::name).contains("brain-flair");
        for (ModelRelease release : releases.all()) {
            assertThat(release.directory()).hasToString("models/" + release.name() + "/" + release.version());
            assertThat(Files.size(release.directory().resolve(ModelRelease.WEIGHTS_FILE)))
                    .isLessThan(LARGEST);
            assertThat(release.directory().resolve("README.md")).content().contains("Not for diagnostic use");
            Optional<ReleaseMetrics> measured = ReleaseMetrics.of(release);
            assertThat(measured)
                    .as(
                            "%s in %s: evaluate --model %s --data FOLDER --record writes it",
                            ReleaseMetrics.FILE, release.directory(), release.directory())
                    .isPresent();
            assertThat(measured.orElseThrow().metrics())
                    .as("%s in %s", ReleaseMetrics.FILE, release.directory())
                    .containsKeys("image_auroc", "image_auroc_interval", "baselines");
            assertThat(release.file().limits()).isNotEmpty();
        }
    }

    @Test
    void brainFlairTakesFlairAndNoOtherContrast() throws IOException {
        ModelReleases releases = ModelReleases.load(Path.of("models"));
        for (String flair : List.of("AX T2 FLAIR", "t2_flair_tra", "AX T1 REMAPPED FLAIR-LIKE (SIMULATED)")) {
            assertThat(releases.choose(axialHead(flair), 1).release().name()).isEqualTo("brain-flair");
        }
        for (String other : List.of("AX T1 FLAIR", "AX T1W_TSE_FLAIR", "AX FLAIR SUB", "AX T2", "DWI")) {
            assertThat(releases.choose(axialHead(other), 1).refusal().rule())
                    .as(other)
                    .isEqualTo("series-description");
        }
    }

    private static Dataset axialHead(String seriesDescription) {
        return new Dataset()
                .put(Tag.Modality, "MR")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 256)
                .put(Tag.Columns, 256)
                .put(Tag.BodyPartExamined, "HEAD")
                .put(Tag.SeriesDescription, seriesDescription)
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
    }
}
