package org.rigatino.deliver.dicomweb;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.SopReference;

/**
 * User agent of the Store Transaction (PS3.18 10.5). One object a request: what is answered is about it, and one that is
 * refused is refused alone. Objects are read from their files as they are sent.
 */
public final class StowRs {
    private final DicomwebArchive archive;
    private final Exchanges exchanges;

    public StowRs(DicomwebArchive archive) {
        this.archive = archive;
        this.exchanges = new Exchanges(archive);
    }

    /**
     * @param file PS3.10, whole, of that object
     * @throws DicomwebException where no answer came
     * @throws DicomException where the object cannot be sent
     */
    public StowAnswer store(String studyInstanceUid, SopReference object, Path file) throws DicomException {
        try {
            String boundary = "rigatino-" + UUID.randomUUID();
            String type = "multipart/related; type=\"application/dicom\"; boundary=" + boundary;
            Answer answer = exchanges.post(archive.study(studyInstanceUid), type, body(boundary, file));
            return StowAnswer.of(answer, object, archive);
        } catch (FileNotFoundException | IllegalArgumentException e) {
            throw new DicomException("the object cannot be sent: " + e.getMessage(), e);
        }
    }

    private static BodyPublisher body(String boundary, Path file) throws FileNotFoundException {
        return BodyPublishers.concat(
                ascii("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"),
                BodyPublishers.ofFile(file),
                ascii("\r\n--" + boundary + "--\r\n"));
    }

    private static BodyPublisher ascii(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.US_ASCII);
    }
}
