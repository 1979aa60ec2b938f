package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.triage.JudgedStudy;

class SeriesOrderTest {
    @TempDir
    Path folder;

    /** As where the store is away while a study is opened. */
    @Test
    void aFileThatIsNotGivenHasItsNumberOnceItIs() throws Exception {
        assertThat(slices(image -> Files.createSymbolicLink(image, Path.of("/proc/self/mem")), "7"))
                .containsExactly(Optional.empty(), Optional.of(new Slice("4", "7", false)));
    }

    /** A location is that of one content. */
    @Test
    void whatAHeaderSaysIsAskedOnce() throws Exception {
        assertThat(slices(image -> write(image, ""), "7")).containsExactly(Optional.empty(), Optional.empty());
        assertThat(slices(image -> Files.writeString(image, "damaged"), "7"))
                .containsExactly(Optional.empty(), Optional.empty());
    }

    private interface First {
        void at(Path image) throws Exception;
    }

    /** Of one image, with its first file and with one that has the number. */
    private List<Optional<Slice>> slices(First first, String number) throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.with(new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(IngestConfiguration.class)
                    .withDefaultValue("rigatino.ingest.store", folder.toString())
                    .build()
                    .getConfigMapping(IngestConfiguration.class));
            JudgedStudy study =
                    new JudgedStudy(database.dataSource(), "1.2.40.1").judged(1, "LOW", 10, Duration.ofMinutes(1));
            database.execute("update instance set location = 'image.dcm'");
            Path image = folder.resolve("image.dcm");
            database.bean(RankedFrames.class);
            SeriesOrder order = database.bean(SeriesOrder.class);
            first.at(image);
            Slice before = order.of(study.uid()).get(0).slice();
            Files.delete(image);
            write(image, number);
            Slice after = order.of(study.uid()).get(0).slice();
            Files.delete(image);
            return List.of(Optional.ofNullable(before), Optional.ofNullable(after));
        }
    }

    private void write(Path image, String number) throws Exception {
        Files.move(
                PixelFiles.write(
                        folder,
                        PixelFiles.header(3, 4)
                                .put(Tag.SOPInstanceUID, "1.2.40.1.1")
                                .put(Tag.SeriesNumber, "4")
                                .put(Tag.InstanceNumber, number)
                                .putPixels(new short[12])),
                image);
    }
}
