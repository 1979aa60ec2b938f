package org.rigatino.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.StageTimes.Stage;

/** The bytes of a file, held against the SHA-256 of their reception, which the audit trail names as the input. */
final class ReceivedBytes {
    private ReceivedBytes() {}

    /**
     * @throws DicomException where the file cannot be read
     * @throws StageException where it is another than was received: what was read of it before is not to be believed either
     */
    static void require(SourceFile file, StageTimes times) throws DicomException, StageException {
        if (file.sha256().isEmpty()) {
            return;
        }
        String received = file.sha256().get();
        String found = times.time(Stage.DECODE, () -> sha256(file.path()));
        if (!found.equals(received)) {
            throw new StageException(
                    StudyStage.IMAGE,
                    "the file of instance " + file.sopInstanceUid() + " has sha256 " + found + ", received was "
                            + received + ": put the file as received back and replay the study",
                    null);
        }
    }

    private static String sha256(Path path) throws DicomException {
        try {
            return new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(path);
        } catch (IOException e) {
            throw new DicomException(
                    "cannot read " + path.getFileName() + " below rigatino.ingest.store: " + e.getMessage(), e);
        }
    }
}
