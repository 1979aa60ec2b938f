package org.rigatino.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.StudyStage;
import org.rigatino.worker.ClaimedStudy.ReceivedInstance;

/** The bytes of an instance on disk, held against the SHA-256 of their reception, which the audit trail names as its input. */
final class ReceivedBytes {
    private ReceivedBytes() {}

    /**
     * @throws DicomException where the file cannot be read
     * @throws StageException where it is another than was received: what was read of it before is not to be believed either
     */
    static void require(ReceivedInstance instance, StageTimes times) throws DicomException, StageException {
        String found = times.time(StageTimes.Stage.DECODE, () -> sha256(instance));
        if (!found.equals(instance.sha256())) {
            throw new StageException(
                    StudyStage.IMAGE,
                    "the file of instance " + instance.sopInstanceUid() + " has sha256 " + found + ", received was "
                            + instance.sha256() + ": put the file as received back and replay the study",
                    null);
        }
    }

    private static String sha256(ReceivedInstance instance) throws DicomException {
        try (InputStream file = Files.newInputStream(instance.file());
                DigestInputStream in = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new DicomException(
                    "cannot read " + instance.file().getFileName() + " below rigatino.ingest.store: " + e.getMessage(),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
