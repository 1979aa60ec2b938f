package org.rigatino.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;

/** A small MR object on disk, made for a test. */
public record InstanceFile(Path path, String studyUid, String seriesUid, String sopUid) {
    private static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";

    /** The same study for the same {@code study}, the same UIDs for the same {@code name}; {@code content} varies bytes. */
    public static InstanceFile write(Path folder, String study, String name, String content) throws IOException {
        return write(folder, study, name, content, "Maker");
    }

    public static InstanceFile write(Path folder, String study, String name, String content, String manufacturer)
            throws IOException {
        return write(
                folder,
                study,
                name,
                dataset -> dataset.put(Tag.SeriesDescription, content).put(Tag.Manufacturer, manufacturer),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    /** @param change of the dataset */
    public static InstanceFile write(
            Path folder, String study, String name, UnaryOperator<Dataset> change, String transferSyntaxUid)
            throws IOException {
        InstanceFile file = new InstanceFile(
                Files.createTempFile(folder, study + "-" + name, ".dcm"),
                Uids.nameBased("study", study),
                Uids.nameBased("series", study),
                Uids.nameBased("instance", study, name));
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, MR_IMAGE_STORAGE)
                .put(Tag.SOPInstanceUID, file.sopUid)
                .put(Tag.Modality, "MR")
                .put(Tag.StudyInstanceUID, file.studyUid)
                .put(Tag.SeriesInstanceUID, file.seriesUid);
        Files.write(file.path, change.apply(dataset).encode(transferSyntaxUid, "TEST"));
        return file;
    }
}
