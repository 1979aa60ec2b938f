package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;

/** What IHE AI Results asks of results beyond what PS3.3 does. */
class AiResultsTest {
    private static final int SIDE = 24;
    private static final Set<ObjectKind> OF_THE_PROFILE =
            Set.of(ObjectKind.MEASUREMENT_REPORT, ObjectKind.SEGMENTATION, ObjectKind.KEY_OBJECT_SELECTION);

    @TempDir
    Path folder;

    private List<Dataset> made(Dataset source, String digest) throws IOException {
        AlgorithmIdentification algorithm = new AlgorithmIdentification("brain-flair", "1", digest.repeat(32));
        SeriesObjects objects = new SeriesObjects(algorithm, Configurations.of());
        try (InstanceFrames frames = InstanceFrames.open(PixelFiles.write(folder, source))) {
            Frame frame = frames.frame(1);
            float[] map = new float[SIDE * SIDE];
            map[5 * SIDE + 7] = 6;
            objects.add(
                    frames.header(),
                    frame,
                    new ImageFinding(frame.reference(), algorithm.digest(), 4, 99, true, map),
                    Map.of());
        }
        List<Dataset> headers = new ArrayList<>();
        for (EncodedObject object : objects.encode(OF_THE_PROFILE)) {
            headers.add(Dataset.readHeader(Files.write(folder.resolve(object.kind() + ".dcm"), object.bytes())));
        }
        assertThat(headers).hasSize(OF_THE_PROFILE.size());
        return headers;
    }

    private static Dataset source() {
        return PixelFiles.flair("2.25.910", SIDE, new short[SIDE * SIDE]);
    }

    @Test
    void theReportSaysWhichProcedureWasAnalysed() throws IOException {
        Dataset coded = source().putItems(
                        Tag.ProcedureCodeSequence,
                        List.of(new Dataset()
                                .put(Tag.CodeValue, "24590-2")
                                .put(Tag.CodingSchemeDesignator, "LN")
                                .put(Tag.CodeMeaning, "MR Brain")));
        assertThat(procedures(made(coded, "ab"))).containsExactly("24590-2");
        assertThat(procedures(made(source(), "ab"))).containsExactly("25056-3");
    }

    private static List<String> procedures(List<Dataset> made) throws IOException {
        List<String> codes = new ArrayList<>();
        for (Dataset header : made) {
            if (header.require(Tag.Modality).equals("SR")) {
                for (Dataset item : header.items(Tag.ContentSequence)) {
                    if (code(item, Tag.ConceptNameCodeSequence).equals("121058")) {
                        codes.add(code(item, Tag.ConceptCodeSequence));
                    }
                }
            }
        }
        return codes;
    }

    private static String code(Dataset item, int sequence) throws IOException {
        return item.items(sequence).get(0).require(Tag.CodeValue);
    }

    /** PS3.16 CID 7005, and a Device UID that changes with the release and with nothing else. */
    @Test
    void everyObjectNamesTheReleaseAsProcessingEquipment() throws IOException {
        Set<String> devices = new HashSet<>();
        for (String digest : List.of("ab", "cd", "ab")) {
            for (Dataset header : made(source(), digest)) {
                List<Dataset> equipment = header.items(Tag.ContributingEquipmentSequence);
                assertThat(equipment).hasSize(1);
                assertThat(code(equipment.get(0), Tag.PurposeOfReferenceCodeSequence))
                        .isEqualTo("109102");
                devices.add(digest + " " + equipment.get(0).require(Tag.DeviceUID));
            }
        }
        assertThat(devices).hasSize(2);
        assertThat(devices.stream().map(device -> device.substring(3))).doesNotHaveDuplicates();
    }
}
