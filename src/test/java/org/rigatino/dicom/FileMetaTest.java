package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class FileMetaTest {
    private static final int PREAMBLE_AND_PREFIX = 132;

    @Test
    void groupLengthReachesExactlyToTheDataset() throws DicomException {
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
                .put(Tag.SOPInstanceUID, "2.25.1")
                .put(Tag.Modality, "OT");

        ByteBuffer file = ByteBuffer.wrap(dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "ANY"))
                .order(ByteOrder.LITTLE_ENDIAN);

        int groupLength = file.getInt(PREAMBLE_AND_PREFIX + 8);
        int dataSet = PREAMBLE_AND_PREFIX + 12 + groupLength;
        assertThat(file.getShort(dataSet))
                .as("group of the first element of the dataset")
                .isEqualTo((short) 0x0008);
        assertThat(file.getShort(dataSet + 2)).isEqualTo((short) 0x0016);
    }
}
