package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.DicomException;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.learn.train.ImageFile;

/** The shipped releases and images of others: what their pixels alone say, as if their attributes were right. */
class SharedLikenessTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final int EACH = 12;

    private static Optional<String> rule(ModelRelease release, Path file) throws DicomException {
        assumeTrue(Files.isRegularFile(file), "absent: " + file);
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            return release.refusal(release.input(frames.frame(1))).map(Refusal::rule);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dicom_series/single/cr_chest_monochrome1_moscow.dcm",
                "dicom_series/single/cr_chest_rsna_009eb222_pa_normal.dcm",
                "dicom_series/single/cr_chest_rsna_00aecb01_ap_child6y_opacity.dcm",
                "dicom/single/gdcm-CR-MONO1-10-chest.dcm",
                "dicom/single/dx_image.dcm",
                "dicom/wg04/JLSN/RG2_JLSN.dcm",
                "dicom/single/CR-ModalitySequenceLUT.dcm",
                "dicom_series/single/mr_flair_ax_siemens.dcm"
            })
    void whatIsNoChestOfAChildIsUnlikeOne(String file) throws Exception {
        assertThat(rule(Releases.shipped("chest-xray-paediatric"), DATA.resolve(file)))
                .hasValue(Likeness.UNLIKE_RULE);
    }

    @Test
    void mostOfTheChildrenAreTakenAndNoneOfThemUpsideDownOrInverted() throws IOException {
        ModelRelease release = Releases.shipped("chest-xray-paediatric");
        List<Frame> children = pictures(DATA.resolve("cxr_kermany/unlabeled/normal"));
        assertThat(children.stream()
                        .filter(frame -> release.refusal(release.input(frame)).isEmpty()))
                .hasSizeGreaterThanOrEqualTo(children.size() - 1);
        assertThat(children.stream().map(frame -> with(frame, reversed(frame.values()))))
                .allMatch(frame -> release.refusal(release.input(frame)).isPresent());
        assertThat(children.stream().map(frame -> with(frame, negative(frame.values()))))
                .allMatch(frame -> release.refusal(release.input(frame)).isPresent());
    }

    /** Flair of two other collections. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dicom_series/series_mr_flair_ax_rembrandt_HF0990/000025.dcm",
                "dicom_series/single/mr_flair_ax_siemens.dcm"
            })
    void headsOfOtherScannersAreTaken(String file) throws Exception {
        assertThat(rule(Releases.shipped("brain-flair"), DATA.resolve(file))).isEmpty();
    }

    private static List<Frame> pictures(Path folder) throws IOException {
        assumeTrue(Files.isDirectory(folder), "absent: " + folder);
        List<Frame> frames = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder).sorted().limit(EACH)) {
            for (Path file : files.toList()) {
                frames.add(ImageFile.read(file));
            }
        }
        return frames;
    }

    private static Frame with(Frame frame, float[] values) {
        return new Frame(
                frame.reference(),
                frame.rows(),
                frame.columns(),
                values,
                new byte[values.length],
                Optional.empty(),
                Optional.empty());
    }

    private static float[] reversed(float[] values) {
        float[] reversed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    private static float[] negative(float[] values) {
        float[] negative = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            negative[i] = 255 - values[i];
        }
        return negative;
    }
}
