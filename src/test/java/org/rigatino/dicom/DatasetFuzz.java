package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Fuzz target: a dataset in the transfer syntax that the first byte chooses. Only {@link IOException} may come of it. */
final class DatasetFuzz {
    private static final List<String> SYNTAXES = List.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);

    private DatasetFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String syntax = SYNTAXES.get(input[0] & 3);
        ByteArrayInputStream bytes = new ByteArrayInputStream(input, 1, input.length - 1);
        try {
            boolean deflated = syntax.equals(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
            Dataset dataset = new Dataset(
                    new DatasetReader(deflated ? new InflaterInputStream(bytes, new Inflater(true)) : bytes, syntax, -1)
                            .read());
            use(dataset);
        } catch (IOException refused) {
            // A dataset that cannot be one is refused with a reason.
        }
    }

    private static void use(Dataset dataset) throws IOException {
        for (int tag :
                new int[] {Tag.SpecificCharacterSet, Tag.StudyInstanceUID, Tag.Rows, Tag.ImageOrientationPatient}) {
            dataset.strings(tag);
            dataset.string(tag);
        }
        dataset.componentGroups(Tag.PatientName);
        dataset.decodes(Tag.PatientName);
        for (int frame = 1; frame <= 2; frame++) {
            FunctionalGroups.of(dataset, frame).macro(Tag.PlaneOrientationSequence);
        }
        PixelFormat.of(dataset);
    }
}
