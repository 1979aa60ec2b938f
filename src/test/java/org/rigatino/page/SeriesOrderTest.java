package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
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
    void aFileThatCouldNotBeReadHasItsNumberOnceItCan() throws Exception {
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
            Path image = Files.writeString(folder.resolve("image.dcm"), "no more of it was to be had");
            SeriesOrder order = database.bean(SeriesOrder.class);
            assertThat(order.of(study.uid())).extracting(Place::slice).containsExactly((Slice) null);
            Files.move(
                    PixelFiles.write(
                            folder,
                            PixelFiles.header(3, 4)
                                    .put(Tag.SOPInstanceUID, study.image(1))
                                    .put(Tag.SeriesNumber, "4")
                                    .put(Tag.InstanceNumber, "7")
                                    .putPixels(new short[12])),
                    image,
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(order.of(study.uid())).extracting(Place::slice).containsExactly(new Slice("4", "7", false));
        }
    }
}
