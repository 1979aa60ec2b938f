package org.rigatino.proof.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The demo's own studies, one folder each: a real head as it is, the same head with a simulated lesion, and a CT image
 * that no model is eligible for.
 */
public final class DemoInput {
    public static final String HEAD = "head";
    public static final String LESION = "head-lesion";
    static final String OUT_OF_SCOPE = "ct";

    private static final Path VOLUME = Path.of("/usr/share/mricron/templates/ch2.nii.gz");
    private static final Path CT = Path.of("/usr/lib/python3/dist-packages/pydicom/data/test_files/CT_small.dcm");

    private DemoInput() {}

    public static void write(Path folder) throws IOException {
        require(VOLUME, "mricron-data");
        require(CT, "python3-pydicom");
        NiftiVolume volume = NiftiVolume.read(VOLUME);
        new HeadStudy(
                        "Rigatino^Demo Head",
                        "DEMO-1",
                        "AX T1 REMAPPED FLAIR-LIKE (SIMULATED)",
                        new FlairLikeHead(volume, FlairLikeHead.NONE))
                .write(folder.resolve(HEAD));
        new HeadStudy(
                        "Rigatino^Demo Lesion",
                        "DEMO-2",
                        "AX T1 REMAPPED FLAIR-LIKE, LESION (SIMULATED)",
                        new FlairLikeHead(volume, FlairLikeHead::rightFrontoparietal))
                .write(folder.resolve(LESION));
        Files.createDirectories(folder.resolve(OUT_OF_SCOPE));
        Files.copy(CT, folder.resolve(OUT_OF_SCOPE).resolve("CT001.dcm"));
    }

    private static void require(Path file, String debianPackage) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("the demo's input needs " + file + ": install the Debian package " + debianPackage);
        }
    }
}
