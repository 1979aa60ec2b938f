package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
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
        assumeTrue(Tool.run("/usr/bin/python3", "-c", "import pydicom").exitCode() == 0, "absent: python3-pydicom");
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/python3", "-W", "ignore", "src/test/resources/org/rigatino/dicom/same_values.py"));
        pairs.forEach(file -> command.add(file.toString()));
        List<String> answers = Tool.run(command).output().lines().toList();
        assertThat(answers)
                .hasSize(pairs.size() / 2)
                .allMatch(answer -> answer.endsWith(" " + TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN + " same"));
    }
}
