package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** Datasets in two transfer syntaxes, as pydicom reads them. */
public final class SameValues {
    private SameValues() {}

    /**
     * Skips the test, visibly, without pydicom.
     *
     * @param pairs a file, and the same in Implicit VR Little Endian, and so on
     */
    public static void assertThatAllAre(List<Path> pairs) throws Exception {
        Pydicom.assumeInstalled();
        List<String> answers = Pydicom.run("ignore", "src/test/resources/org/rigatino/dicom/same_values.py", pairs)
                .output()
                .lines()
                .toList();
        assertThat(answers)
                .hasSize(pairs.size() / 2)
                .allMatch(answer -> answer.endsWith(" " + TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN + " same"));
    }
}
