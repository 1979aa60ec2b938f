package org.rigatino.proof.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.proof.demo.DicomFiles;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/** Images that others made, of many kinds, syntaxes and numbers of frames, which are sent as studies of the soak's own. */
final class RealFiles {
    /** Of Debian's python3-pydicom. */
    static final Path PYDICOM = Path.of("/usr/lib/python3/dist-packages/pydicom/data/test_files");

    private static final long MOST_BYTES = 1_000_000;
    private static final long LIMIT_SECONDS = 60;

    private final List<DicomFile> files = new ArrayList<>();

    /** Those in the folders that are there; folders of damaged files, named {@code edge}, are passed over. */
    static RealFiles under(List<Path> folders) throws IOException {
        RealFiles real = new RealFiles();
        for (Path folder : folders) {
            for (DicomFile file : DicomFiles.under(folder).files()) {
                if (!file.path().toString().contains("/edge/") && isImage(file.path())) {
                    real.files.add(file);
                }
            }
        }
        return real;
    }

    private static boolean isImage(Path file) throws IOException {
        try {
            return Files.size(file) <= MOST_BYTES && Dataset.readHeader(file).integer(Tag.Rows, 0) > 0;
        } catch (DicomException e) {
            return false;
        }
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * Writes one of them, as DCMTK's {@code dcmodify} understands it, under other identities; what it does not understand
     * is not chosen again.
     *
     * @param identities values by keyword
     * @return what was written, in its own SOP class and transfer syntax
     */
    DicomFile write(Path target, Map<String, String> identities, Random random) throws IOException {
        while (!files.isEmpty()) {
            DicomFile chosen = files.get(random.nextInt(files.size()));
            Files.copy(chosen.path(), target, StandardCopyOption.REPLACE_EXISTING);
            if (target.toFile().setWritable(true) && modify(target, identities)) {
                return new DicomFile(
                        target, identities.get("StudyInstanceUID"), chosen.sopClassUid(), chosen.transferSyntaxUid());
            }
            files.remove(chosen);
        }
        throw new IOException("dcmodify understands none of the real files: leave --input out, or name other folders");
    }

    private static boolean modify(Path file, Map<String, String> identities) throws IOException {
        List<String> command = new ArrayList<>(List.of("dcmodify", "-nb", "-imt", "-ea", "IssuerOfPatientID"));
        identities.forEach((keyword, value) -> command.addAll(List.of("-i", keyword + "=" + value)));
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing " + file, e);
        } finally {
            process.destroyForcibly();
        }
    }
}
