package org.rigatino.hl7;

import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;
import org.rigatino.dicom.Deadline;
import org.rigatino.dicom.TlsProfile;

/** Messages over MLLP, each on a connection of its own, which is closed after the answer. */
final class MllpClient {
    private static final long LONGEST_ANSWER = 1024 * 1024;

    private final Hl7Configuration.Settings settings;
    private final Optional<TlsProfile> tls;

    MllpClient(Hl7Configuration.Settings settings, Optional<TlsProfile> tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /**
     * Returns once the message was accepted. Handshake, message and answer have the response time-out together.
     *
     * @throws org.rigatino.notify.RejectedException where the answer is AR or CR
     * @throws IOException where there is another answer or none
     */
    void send(String message, String controlId) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(settings.host(), settings.port()), millis(settings.connectTimeout()));
            plain.setSoTimeout(millis(settings.responseTimeout()));
            exchange(plain, message, controlId);
        }
    }

    private void exchange(Socket plain, String message, String controlId) throws IOException {
        try (Deadline deadline = Deadline.of(plain, settings.responseTimeout())) {
            try (Socket channel = tls.isPresent()
                    ? tls.get().connect(plain, settings.host(), settings.port(), settings.responseTimeout())
                    : plain) {
                new MinLLPWriter(channel.getOutputStream(), StandardCharsets.UTF_8).writeMessage(message);
                Acknowledgement.check(answer(channel.getInputStream()), controlId);
            } catch (IOException e) {
                throw deadline.hasPassed() ? late(e) : e;
            } catch (LLPException e) {
                throw deadline.hasPassed() ? late(e) : new IOException("the answer is not framed as MLLP has it", e);
            }
        }
    }

    private IOException late(Exception e) {
        return new IOException("no whole answer within " + settings.responseTimeout(), e);
    }

    private String answer(InputStream in) throws IOException, LLPException {
        InputStream bounded = BoundedInputStream.builder()
                .setInputStream(in)
                .setMaxCount(LONGEST_ANSWER)
                .get();
        String answer = new MinLLPReader(bounded, StandardCharsets.UTF_8).getMessage();
        if (answer == null) {
            throw new IOException("no answer within " + settings.responseTimeout());
        }
        return answer;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
